import Glibc
import OrchTestSupport
import Testing

@testable import Workspaces

/// Which folders a sandbox opens for an agent: never where the agent's own files lead.
@Suite(.timeLimit(.minutes(2)))
struct AgentFoldersTests {
    private let branch = "ai/iss-1-a-title"

    private func make(_ fixture: GitFixture) async throws -> (GitRepository, Workspace) {
        (try await fixture.repository(), try await fixture.workspace())
    }

    private func link(_ path: String, to target: String) {
        #expect(symlink(target, path) == 0, "\(path)")
    }

    @Test
    func `the folders lie in the repository's git folder, and are named by git`() async throws {
        let fixture = try await GitFixture()
        let (repository, made) = try await make(fixture)
        let folders = try repository.agentFolders(worktree: made.path)
        #expect(folders.gitDir == "\(fixture.root)/.git/worktrees/iss-1")
        #expect(folders.temporary == "\(fixture.root)/.git/orch/tmp/iss-1")
        #expect(folders.branch == branch)
        try repository.makeSandboxFolders([made.path, folders.gitDir, folders.temporary])
        #expect(Files.kind(folders.temporary) == .folder)
        var status = stat()
        #expect(stat(folders.temporary, &status) == 0 && status.st_mode & 0o777 == 0o700)
        try await fixture.git("checkout", "--quiet", "--detach", in: made.path)
        #expect(try repository.agentFolders(worktree: made.path).branch == nil)
        for other in [fixture.root, made.path + "/src", fixture.folder.file("none")] {
            #expect(await refusal { try repository.agentFolders(worktree: other) }?.code == .notOurs, "\(other)")
        }
    }

    @Test(arguments: ["evil/common\n", "\n", "", "../../..\n"])
    func `a commondir that an agent wrote is refused, and nothing is made where it leads`(text: String) async throws {
        let fixture = try await GitFixture()
        let (repository, made) = try await make(fixture)
        let evil = text.hasPrefix("evil") ? fixture.folder.file(text) : text
        if text.hasPrefix("evil") { try fixture.folder.folder("evil/common") }
        try write(made.gitDir + "/commondir", evil)
        let error = await refusal { try repository.agentFolders(worktree: made.path) }
        #expect(error?.code == .notOurs)
        #expect(error?.message.contains("\(made.gitDir)/commondir does not lead to \(fixture.root)/.git") == true)
        #expect(Files.names(in: fixture.folder.file("evil/common")).isEmpty)
        let again = await refusal { try await repository.prepare(name: "iss-1", branch: branch, baseRef: "main") }
        #expect(again?.code == .notOurs)
        try write(made.gitDir + "/commondir", "../..\n")
        #expect(try repository.agentFolders(worktree: made.path).gitDir == made.gitDir)
    }

    @Test(arguments: ["commondir", "gitdir", "HEAD"])
    func `what is no file there is refused, and keeps no other worktree from being found`(name: String) async throws {
        let fixture = try await GitFixture()
        let (repository, made) = try await make(fixture)
        let other = try await repository.prepare(name: "iss-2", branch: "ai/iss-2", baseRef: "main")
        let file = made.gitDir + "/" + name
        for isPipe in [true, false] {
            unlink(file)
            if isPipe { mkfifo(file, 0o600) } else { link(file, to: other.gitDir + "/" + name) }
            #expect(await refusal { try repository.agentFolders(worktree: made.path) }?.code == .notOurs)
            #expect(try repository.agentFolders(worktree: other.path).gitDir == other.gitDir)
            let again = try await repository.prepare(name: "iss-2", branch: "ai/iss-2", baseRef: "main")
            #expect(again.gitDir == other.gitDir)
        }
    }

    @Test
    func `an entry that claims another agent's worktree gets neither it nor in its way`() async throws {
        let fixture = try await GitFixture()
        let (repository, made) = try await make(fixture)
        let other = try await repository.prepare(name: "iss-2", branch: "ai/iss-2", baseRef: "main")
        try write(made.gitDir + "/gitdir", other.path + "/.git\n")
        #expect(try repository.agentFolders(worktree: other.path).gitDir == other.gitDir)
        #expect(await refusal { try repository.agentFolders(worktree: made.path) }?.code == .notOurs)
        #expect(try await repository.inspect(path: other.path).branch == "ai/iss-2")
    }

    @Test
    func `no folder is made through a link, nor taken for one`() async throws {
        let fixture = try await GitFixture()
        let (repository, made) = try await make(fixture)
        let victim = try fixture.folder.folder("victim")
        let temporary = try repository.agentFolders(worktree: made.path).temporary
        try Files.makeFolders("\(fixture.root)/.git/orch/tmp")
        let links = [temporary, made.gitDir + "/sub", fixture.root + "/.git/objects/.codex"]
        for path in links {
            link(path, to: victim)
            for wanted in [path, path + "/a/b"] {
                let error = await refusal { try repository.makeSandboxFolders([wanted]) }
                #expect(error?.code == .notOurs, "\(wanted)")
                #expect(error?.message.contains("\(path) is a link or a file where a folder must be") == true)
            }
        }
        try write(made.gitDir + "/file", "x")
        let error = await refusal { try repository.makeSandboxFolders([made.gitDir + "/file/a"]) }
        #expect(error?.code == .notOurs)
        #expect(await refusal { try repository.makeSandboxFolders([made.gitDir + "/../x"]) }?.code == .notOurs)
        #expect(Files.names(in: victim).isEmpty)
    }

    @Test
    func `git writes no branch's log through a link`() async throws {
        let fixture = try await GitFixture()
        let (repository, _) = try await make(fixture)
        let victim = fixture.folder.file("victim")
        try write(victim, "precious\n")
        let log = fixture.root + "/.git/logs/refs/heads/ai/iss-2"
        link(log, to: victim)
        let error = await refusal { try await repository.prepare(name: "iss-2", branch: "ai/iss-2", baseRef: "main") }
        #expect(error?.message == "\(log) is no file, and git would follow it: remove it")
        #expect(try read(victim) == "precious\n")
        unlink(log)
        _ = try await repository.prepare(name: "iss-2", branch: "ai/iss-2", baseRef: "main")
    }

    @Test
    func `an agent's temporary folder goes with its worktree, and what it links to stays`() async throws {
        let fixture = try await GitFixture()
        let (repository, made) = try await make(fixture)
        let victim = try fixture.folder.folder("victim")
        try write(victim + "/precious", "x")
        let temporary = try repository.agentFolders(worktree: made.path).temporary
        try repository.makeSandboxFolders([temporary + "/a/b"])
        try write(temporary + "/a/file", "x")
        link(temporary + "/a/b/out", to: victim)
        _ = try await repository.remove(name: "iss-1", agent: "iss-1", timestampMs: 7)
        #expect(Files.kind(temporary) == .missing)
        #expect(try read(victim + "/precious") == "x")
    }
}
