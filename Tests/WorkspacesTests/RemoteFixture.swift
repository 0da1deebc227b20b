import OrchTestSupport
import Testing

@testable import Workspaces

/// A repository with a real bare repository as its remote `origin`.
struct RemoteFixture: Sendable {
    let fixture: GitFixture
    /// The bare repository's folder.
    let bare: String

    /// A remote that has what the repository has.
    ///
    /// - Parameter scheme: what stands before the path in the remote's url.
    /// - Throws: `FixtureError` when git fails.
    init(scheme: String = "") async throws {
        fixture = try await GitFixture()
        bare = fixture.folder.file("remote.git")
        try await fixture.git("clone", "--quiet", "--bare", fixture.root, bare, in: fixture.folder.path)
        try await fixture.git("remote", "add", "origin", scheme + bare)
    }

    /// Runs git in the user's repository.
    @discardableResult
    func git(_ arguments: String...) async throws -> String { try await run(arguments, fixture.root) }

    /// Runs git in the remote.
    @discardableResult
    func there(_ arguments: String...) async throws -> String { try await run(arguments, bare) }

    private func run(_ arguments: [String], _ folder: String) async throws -> String {
        var all = ["-C", folder]
        all += arguments
        let program = try #require(ExecutableSearch.find("git", path: fixture.environment["PATH"]))
        let outcome = try await ProcessRunner.run(
            ProcessRequest(
                program: program,
                arguments: all,
                environment: fixture.environment.filter { !$0.key.hasPrefix("GIT") },
                directory: folder,
                limit: .seconds(60)
            )
        )
        guard outcome.status == .exited(0) else {
            throw FixtureError(description: "git \(arguments): \(outcome.output.text)\(outcome.error.text)")
        }
        return outcome.output.text.trimmedLines
    }

    /// A commit in the repository that no branch has: its id.
    func commit(_ message: String = "work", on parent: String = "main") async throws -> String {
        try await git("commit-tree", "\(parent)^{tree}", "-p", parent, "-m", message)
    }

    /// Puts a commit that only the remote has on one of its branches: its id.
    @discardableResult
    func commitThere(_ message: String, on branch: String = "main") async throws -> String {
        let author = ["-c", "user.name=x", "-c", "user.email=x@localhost"]
        let commit = try await run(
            author + ["commit-tree", "\(branch)^{tree}", "-p", branch, "-m", message],
            bare
        )
        try await there("update-ref", "refs/heads/\(branch)", commit)
        return commit
    }

    /// All refs of the user's repository, a line each.
    func refs() async throws -> String { try await git("for-each-ref", "--format=%(refname) %(objectname)") }

    /// A hook in the remote.
    func hookThere(_ name: String, _ script: String) throws {
        try writeProgram("\(bare)/hooks/\(name)", "#!/bin/sh\n\(script)\n")
    }

    /// A hook of the user's.
    func hook(_ name: String, _ script: String) throws {
        try writeProgram("\(fixture.root)/.git/hooks/\(name)", "#!/bin/sh\n\(script)\n")
    }

    /// A program that writes its environment and arguments to the file `ssh.log`, and then does what ssh would do, on this machine.
    ///
    /// - Parameters:
    ///   - path: its file.
    ///   - script: what it does instead.
    /// - Throws: when it can't be written.
    func fakeSSH(_ path: String, instead script: String = "for last; do :; done; exec sh -c \"$last\"") throws {
        let log = fixture.folder.file("ssh.log")
        try writeProgram(path, "#!/bin/sh\n{ echo \"ARGUMENTS $*\"; env; } > '\(log)'\n\(script)\n")
    }

    /// What the fake ssh wrote, as lines.
    func sshLog() throws -> [String] {
        try (read(fixture.folder.file("ssh.log")) ?? "").split(separator: "\n").map(String.init)
    }

    /// The code under test, with more in its environment.
    func repository(adding added: [String: String] = [:]) async throws -> GitRepository {
        try await GitRepository.discover(
            from: fixture.root,
            environment: fixture.environment.merging(added) { _, new in new }
        )
    }
}
