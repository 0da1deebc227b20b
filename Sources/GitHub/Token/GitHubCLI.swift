import Glibc
import OrchCore
import Subprocess
import SystemPackage

/// GitHub's own program, asked for the token that it keeps (`gh auth token`, https://cli.github.com/manual/gh_auth_token).
struct GitHubCLI: Sendable {
    /// How long it may take: its keyring may ask a service of the desktop, which may hang.
    static let limit: Duration = .seconds(10)

    /// What it needs of the environment: where its settings and the keyring are.
    ///
    /// The token variables are not among them: what they say is known already, and `gh` would only say it again.
    private static let passed = [
        "PATH", "HOME", "USER", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR",
        "GH_CONFIG_DIR",
        "DBUS_SESSION_BUS_ADDRESS", "TMPDIR",
    ]

    private let environment: [String: String]

    /// The program that is first on the PATH of an environment.
    init(environment: [String: String]) {
        self.environment = environment
    }

    /// The token that it has for a host.
    ///
    /// - Throws: `GitHubError` with code `unauthorized` when there is no `gh`, or it has no token or does not answer in time; `cancelled`
    ///   when the caller was.
    func token(host: String) async throws(GitHubError) -> String {
        guard let program = Self.find(in: environment["PATH"]) else {
            throw GitHubError(.unauthorized, "gh is not on the PATH")
        }
        let said: (succeeded: Bool, output: String, error: String)
        do {
            said = try await run(program, ["auth", "token", "--hostname", host])
        } catch is CancellationError {
            throw GitHubError(.cancelled, "gh was not waited for")
        } catch {
            throw GitHubError(.unauthorized, "\(program) can't be run: \(error)")
        }
        guard said.succeeded else {
            let words = SafeText.line(Clip.characters(said.error, 200))
            throw GitHubError(.unauthorized, "gh has no token for \(host)\(words.isEmpty ? "" : " (\(words))")")
        }
        guard let token = TokenVariables.usable(said.output) else {
            throw GitHubError(.unauthorized, "what `gh auth token` says for \(host) is no token")
        }
        return token
    }

    private func run(_ program: String, _ arguments: [String]) async throws -> (Bool, String, String) {
        var variables: [Environment.Key: String] = [:]
        for name in Self.passed {
            if let value = environment[name], let key = Environment.Key(rawValue: name) { variables[key] = value }
        }
        for (name, value) in ["GH_PROMPT_DISABLED": "1", "GH_NO_UPDATE_NOTIFIER": "1", "NO_COLOR": "1", "LC_ALL": "C"] {
            if let key = Environment.Key(rawValue: name) { variables[key] = value }
        }
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(1))]
        let configuration = Configuration(
            executable: .path(FilePath(program)),
            arguments: Arguments(arguments),
            environment: .custom(variables),
            workingDirectory: FilePath("/"),
            platformOptions: options
        )
        return try await withThrowingTaskGroup(of: (Bool, String, String)?.self) { group in
            group.addTask {
                let result = try await Subprocess.run(
                    configuration,
                    input: .none,
                    output: .string(limit: 16_384),
                    error: .string(limit: 16_384)
                )
                return (result.terminationStatus.isSuccess, result.standardOutput, result.standardError)
            }
            group.addTask {
                try await Task.sleep(for: Self.limit)
                return nil
            }
            defer { group.cancelAll() }
            let first = try await group.next() ?? nil
            return first ?? (false, "", "it did not answer within \(Self.limit)")
        }
    }

    /// The program's file: absolute folders of the PATH only, since what is in the current folder may be an agent's.
    private static func find(in path: String?) -> String? {
        for folder in (path ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":") where folder.hasPrefix("/") {
            let file = "\(folder)/gh"
            var status = stat()
            if stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, access(file, X_OK) == 0 { return file }
        }
        return nil
    }
}
