#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import OrchCore
import Subprocess
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// The codex program that the hub uses, and its version.
package struct CodexProgram: Sendable, Hashable {
    /// Its absolute path.
    package var path: String
    /// What `codex --version` says: `0.163.0`.
    package var version: String

    /// The oldest version whose app-server has all that the hub needs.
    ///
    /// Tested: 0.163.
    package static let oldest = (major: 0, minor: 150)

    /// Finds codex: `explicit` (a setting or flag), else the first on the PATH, and asks for its version.
    ///
    /// - Throws: `AppServerError` with `codexMissing`, saying what to do.
    package static func find(
        explicit: String?,
        environment: [String: String],
        limit: Duration = .seconds(20)
    ) async throws(AppServerError) -> CodexProgram {
        let path = try locate(explicit: explicit, environment: environment)
        let said: String
        do { said = try await ask(path, environment: environment, limit: limit) } catch {
            throw AppServerError(
                .codexMissing,
                "\(path) can't be run: \(error); install Codex or name it with --codex-path"
            )
        }
        guard let version = version(in: said) else {
            let words = SafeText.line(Clip.characters(said, 100))
            throw AppServerError(.codexMissing, "\(path) is not codex: to --version it says \"\(words)\"")
        }
        let parts = version.split(separator: ".").map { Int($0) ?? 0 } + [0, 0]
        guard (parts[0], parts[1]) >= oldest else {
            throw AppServerError(
                .codexMissing,
                "codex \(version) at \(path) is too old: \(oldest.major).\(oldest.minor) or later is needed"
            )
        }
        return CodexProgram(path: path, version: version)
    }

    /// What it says to `--version`; one that says nothing within the limit is killed.
    private static func ask(_ path: String, environment: [String: String], limit: Duration) async throws -> String {
        try await withThrowingTaskGroup(of: String?.self) { group in
            group.addTask {
                try await Subprocess.run(
                    .path(FilePath(path)),
                    arguments: ["--version"],
                    environment: .custom([
                        "PATH": environment["PATH"] ?? "/usr/bin:/bin", "HOME": environment["HOME"] ?? "/",
                    ]),
                    output: .string(limit: 4_096),
                    error: .discarded
                ).standardOutput
            }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            guard let said = try await group.next() ?? nil else {
                throw AppServerError(.timeout, "it did not answer to --version within \(limit)")
            }
            return said
        }
    }

    static func locate(explicit: String?, environment: [String: String]) throws(AppServerError) -> String {
        if let explicit, explicit.contains("/") {
            let path = explicit.hasPrefix("/") ? explicit : FileManager.default.currentDirectoryPath + "/" + explicit
            guard isProgram(path) else {
                throw AppServerError(.codexMissing, "there is no program at \(path) (--codex-path)")
            }
            return path
        }
        let name = explicit ?? "codex"
        for folder in (environment["PATH"] ?? "").split(separator: ":")
        where folder.hasPrefix("/") && isProgram("\(folder)/\(name)") {
            return "\(folder)/\(name)"
        }
        throw AppServerError(
            .codexMissing,
            "\(name) is not on the PATH; install Codex (npm install -g @openai/codex) or name it with --codex-path"
        )
    }

    private static func isProgram(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }

    /// The version in a text like `codex-cli 0.163.0`.
    static func version(in text: String) -> String? {
        guard text.hasPrefix("codex") else { return nil }
        return text.split(whereSeparator: \.isWhitespace).dropFirst().first.map(String.init).flatMap {
            $0.first?.isNumber == true ? $0 : nil
        }
    }
}
