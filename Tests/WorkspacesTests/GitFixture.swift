import Glibc
import OrchTestSupport
import Testing

@testable import Workspaces

/// A real repository in a folder of its own, with a home, a git configuration and an environment of its own.
struct GitFixture: Sendable {
    let folder: TemporaryDirectory
    /// What the code under test is given as this process's environment.
    let environment: [String: String]
    let root: String

    /// A repository with one commit of `README.md` and `src/main.txt` on `main`.
    init(_ name: String = "repo", empty: Bool = false) async throws {
        folder = try TemporaryDirectory()
        root = folder.file(name)
        try folder.write(
            "home/.gitconfig",
            "[user]\n\tname = Tester\n\temail = tester@example.org\n[init]\n\tdefaultBranch = main\n[advice]\n\tdetachedHead = false\n"
        )
        environment = [
            "HOME": folder.file("home"), "PATH": ProcessEnvironment.inherited["PATH"] ?? "/usr/bin:/bin",
            "GITHUB_TOKEN": "secret",
            "GIT_DIR": "/nonexistent", "ORCH_TEST": "leak",
        ]
        try folder.folder(name)
        try await git("init", "--quiet")
        guard !empty else { return }
        try folder.write(name + "/README.md", "hello\n")
        try folder.write(name + "/src/main.txt", "one\n")
        try await git("add", ".")
        try await git("commit", "--quiet", "-m", "first")
    }

    /// Runs git as a person would, and fails the test if it fails.
    @discardableResult
    func git(_ arguments: String..., in place: String? = nil) async throws -> String {
        var own = environment.filter { !$0.key.hasPrefix("GIT") }
        own["LC_ALL"] = "C"
        let program = try #require(ExecutableSearch.find("git", path: own["PATH"]))
        let outcome = try await ProcessRunner.run(
            ProcessRequest(
                program: program,
                arguments: arguments,
                environment: own,
                directory: place ?? root,
                limit: .seconds(60)
            )
        )
        guard outcome.status == .exited(0) else {
            throw FixtureError(
                description: "git \(arguments): \(outcome.status) \(outcome.output.text)\(outcome.error.text)"
            )
        }
        return outcome.output.text.trimmedLines
    }

    /// The code under test.
    func repository(from start: String? = nil) async throws -> GitRepository {
        try await GitRepository.discover(from: start ?? root, environment: environment)
    }

    /// The code under test, killed at a point.
    func repository(killedAt point: GitRepository.Steps.Point) async throws -> GitRepository {
        var steps = GitRepository.Steps()
        steps.reached = { (reached) throws(WorkspaceError) in
            if reached == point { throw WorkspaceError(.cancelled, "killed at \(point)") }
        }
        return try await GitRepository.discover(from: root, environment: environment, steps: steps)
    }

    /// A worktree as the hub makes it for issue 1.
    func workspace(_ name: String = "iss-1", branch: String = "ai/iss-1-a-title") async throws -> Workspace {
        try await repository().prepare(name: name, branch: branch, baseRef: "main")
    }

    /// Commits a file in a worktree.
    @discardableResult
    func commit(_ name: String, _ text: String, in path: String, message: String = "work") async throws -> String {
        try write(path + "/" + name, text)
        try await git("add", "--all", in: path)
        try await git("commit", "--quiet", "-m", message, in: path)
        return try await git("rev-parse", "HEAD", in: path)
    }
}

/// Writes a file anywhere.
func write(_ path: String, _ text: String) throws {
    try Files.replace(path, with: Array(text.utf8))
}

/// Reads a file anywhere.
func read(_ path: String) throws -> String? {
    try Files.read(path, limit: 1 << 24).map { String(decoding: $0, as: UTF8.self) }
}

/// A script that can be run.
func writeProgram(_ path: String, _ text: String) throws {
    try TemporaryDirectory.install(text, at: path)
}

/// What an expression throws, as this module's error.
func refusal<T>(_ body: () async throws -> T) async -> WorkspaceError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? WorkspaceError
    }
}

/// Looks again until something holds, for ten seconds at most.
func eventually(_ holds: () -> Bool) async -> Bool {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(10)
    while clock.now < end {
        if holds() { return true }
        await Task.yield()
    }
    return holds()
}

/// What a command of the fixture's own said when it failed.
struct FixtureError: Error, CustomStringConvertible {
    var description: String
}
