import OrchTestSupport
import Subprocess
import SystemPackage
import Testing

/// A bare repository with one commit on `main`, and a clone to push from.
struct GitFixture: Sendable {
    private let directory: TemporaryDirectory
    let remote: String
    let work: String

    init() async throws {
        directory = try TemporaryDirectory("orch-github")
        remote = directory.file("remote.git")
        work = directory.file("work")
        try await Self.shell(
            """
            git init -q --bare -b main remote.git && git clone -q remote.git work 2>/dev/null && cd work
            git config user.name T && git config user.email t@t.invalid && git checkout -q -b main
            printf 'one\\ntwo\\n' > a.txt && git add a.txt && git commit -q -m start && git push -q origin main
            """,
            in: directory.path
        )
    }

    /// The path of something beside the repository.
    func file(_ name: String) -> String { directory.file(name) }

    /// Commits a file to a branch, which begins at `main` if it is new, and pushes it; the commit.
    @discardableResult
    func push(_ branch: String, _ file: String, _ text: String, message: String = "change") async throws -> String {
        try await run(
            """
            git fetch -q origin && (git checkout -q \(branch) 2>/dev/null || git checkout -q -b \(branch) origin/main)
            printf '%s' '\(text)' > '\(file)' && git add -A && git commit -q -m '\(message)'
            git push -q origin \(branch) && git rev-parse HEAD
            """
        )
    }

    /// Runs a script in the clone; what it printed, without the newline at its end.
    @discardableResult
    func run(_ script: String) async throws -> String { try await Self.shell(script, in: work) }

    @discardableResult
    private static func shell(_ script: String, in folder: String) async throws -> String {
        let result = try await Subprocess.run(
            .path("/bin/bash"),
            arguments: ["-ec", script],
            environment: .custom([
                "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C",
            ]),
            workingDirectory: FilePath(folder),
            output: .string(limit: 1 << 20),
            error: .combinedWithOutput
        )
        var text = result.standardOutput
        if text.hasSuffix("\n") { text.removeLast() }
        try #require(result.terminationStatus == .exited(0), "\(script)\n\(text)")
        return text
    }
}
