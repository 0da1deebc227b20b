import FoundationEssentials
import Glibc
import ModelServer

/// The temporary folder of a demo: a repository with one commit, and Codex settings that lead to the scripted model.
struct DemoFolder: Sendable {
    /// The folder that holds all of it.
    let path: String

    /// The repository.
    var repository: String { path + "/project" }
    /// The folder of Codex settings that the daemon is given.
    var codexHome: String { path + "/codex" }
    /// What the daemon printed.
    var log: String { path + "/daemon.log" }

    /// What the daemon finds in its environment besides ours.
    var variables: [String: String] { ["CODEX_HOME": codexHome, DemoConfig.keyVariable: "demo"] }

    /// The demo's settings: nobody wants to watch news being gathered for three seconds.
    private static let workflow = """
        ---
        orch:
          wip: 2
          debounce: 1s
        ---

        """

    /// Makes the folder, new and for its owner only.
    static func make(_ context: Context) throws -> DemoFolder {
        let parent = context.variable("TMPDIR") ?? "/tmp"
        guard let real = realpath(parent, nil) else {
            throw CommandError(
                .cannotCreate,
                "there is no folder \(parent)",
                hint: "set TMPDIR to a folder that can be written"
            )
        }
        defer { free(real) }
        var template = Array((String(cString: real) + "/orch-demo-XXXXXX").utf8CString)
        guard let made = mkdtemp(&template) else {
            throw CommandError(.cannotCreate, "can't make a folder in \(parent): \(String(cString: strerror(errno)))")
        }
        return DemoFolder(path: String(cString: made))
    }

    /// Makes the repository: one commit on `main`, settings of its own so that the user's (signing, hooks) don't matter.
    func makeRepository(_ context: Context) async throws {
        let readme = "# Demo\n\nA small project that Codex agents work on.\n"
        try makeFolder(repository)
        try write(readme, to: repository + "/README.md")
        try write(Self.workflow, to: repository + "/WORKFLOW.md")
        try await git(["init", "--quiet", "--initial-branch=main"], context)
        let settings = [
            "user.name": "orch demo", "user.email": "demo@localhost", "commit.gpgSign": "false",
            "core.hooksPath": "/dev/null",
            "core.autocrlf": "false",
        ]
        for (key, value) in settings.sorted(by: { $0.key < $1.key }) { try await git(["config", key, value], context) }
        try await git(["add", "README.md", "WORKFLOW.md"], context)
        try await git(["commit", "--quiet", "-m", "Begin the project"], context)
    }

    /// Writes the Codex settings that lead to the model on this port.
    func makeCodexHome(port: Int) throws {
        try makeFolder(codexHome)
        try write(DemoConfig.codexConfig(port: port), to: codexHome + "/config.toml")
    }

    /// Runs git in the repository; its output.
    @discardableResult
    func git(_ arguments: [String], _ context: Context) async throws -> String {
        let result = try await ProgramOutput.of("git", arguments, in: repository, environment: context.environment)
        guard result.status == 0 else {
            throw CommandError(.unavailable, "git \(arguments.first ?? "") failed: \(result.error)")
        }
        return result.output
    }

    /// Deletes the folder that `make` made.
    func remove() throws {
        try FileManager.default.removeItem(atPath: path)
    }

    private func makeFolder(_ path: String) throws {
        guard mkdir(path, 0o700) == 0 else {
            throw CommandError(.cannotCreate, "can't make \(path): \(String(cString: strerror(errno)))")
        }
    }

    private func write(_ text: String, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw CommandError(.cannotCreate, "can't write \(path): \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        let sink = DescriptorSink(descriptor)
        try sink.write(text)
        try sink.flush()
    }
}
