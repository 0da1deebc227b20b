import Glibc
import OrchTestSupport
import Testing

@testable import Workspaces

@Suite(.timeLimit(.minutes(3)))
struct PrepareTests {
    private static let branch = "ai/iss-1-a-title"

    private func prepare(_ fixture: GitFixture) async throws -> Workspace {
        try await fixture.repository().prepare(name: "iss-1", branch: Self.branch, baseRef: "main")
    }

    @Test
    func `a worktree is made on a branch of its own`() async throws {
        let fixture = try await GitFixture()
        let base = try await fixture.git("rev-parse", "HEAD")
        let made = try await prepare(fixture)
        #expect(
            made
                == Workspace(
                    name: "iss-1",
                    path: fixture.root + "/.worktrees/iss-1",
                    branch: Self.branch,
                    baseCommit: base,
                    head: base,
                    gitDir: fixture.root + "/.git/worktrees/iss-1",
                    commonDir: fixture.root + "/.git",
                    reused: false,
                    needsSetUp: true
                )
        )
        #expect(try read(made.path + "/src/main.txt") == "one\n")
        #expect(try await fixture.git("symbolic-ref", "HEAD", in: made.path) == "refs/heads/" + Self.branch)
        #expect(try await fixture.git("status", "--porcelain", in: made.path) == "")
    }

    @Test
    func `what a sandbox opens is there before the first commit`() async throws {
        let fixture = try await GitFixture()
        let git = fixture.root + "/.git"
        let made = try await prepare(fixture)
        #expect(
            made.writableFolders == [
                fixture.root + "/.worktrees/iss-1", git + "/worktrees/iss-1", git + "/objects", git + "/refs/heads/ai",
                git + "/logs/refs/heads/ai",
            ]
        )
        for folder in made.writableFolders { #expect(Files.kind(folder) == .folder, "\(folder)") }
    }

    @Test
    func `the main worktree's status does not show the agents' folders, and the user's excludes stay`() async throws {
        let fixture = try await GitFixture()
        try write(fixture.root + "/.git/info/exclude", "# mine\n*.tmp")
        _ = try await prepare(fixture)
        _ = try await prepare(fixture)
        try fixture.folder.write("repo/.orch/x", "")
        #expect(try read(fixture.root + "/.git/info/exclude") == "# mine\n*.tmp\n/.worktrees/\n/.orch/\n")
        #expect(try await fixture.git("status", "--porcelain") == "")
    }

    @Test
    func `the same again finds it as it was left`() async throws {
        let fixture = try await GitFixture()
        let made = try await prepare(fixture)
        try write(made.path + "/README.md", "uncommitted\n")
        try write(made.path + "/new", "untracked\n")
        let head = try await fixture.commit("done", "done\n", in: made.path)
        try write(made.path + "/README.md", "again\n")
        let again = try await prepare(fixture)
        var expected = made
        expected.reused = true
        expected.head = head
        #expect(again == expected)
        #expect(try read(made.path + "/README.md") == "again\n")
    }

    @Test(arguments: GitRepository.Steps.Point.making)
    func `killed at any step, the next try ends as one without a kill`(point: GitRepository.Steps.Point) async throws {
        let fixture = try await GitFixture()
        let cut = try await fixture.repository(killedAt: point)
        let error = await refusal { try await cut.prepare(name: "iss-1", branch: Self.branch, baseRef: "main") }
        #expect(error?.message == "killed at \(point)")
        let made = try await prepare(fixture)
        #expect(made.reused == (point == .markedReady))
        #expect(made.needsSetUp)
        #expect(made.head == made.baseCommit)
        #expect(try await fixture.git("status", "--porcelain", in: made.path) == "")
        #expect(try await fixture.git("worktree", "list").split(separator: "\n").count == 2)
    }

    @Test
    func `a checkout that was cut off is completed, with its stale lock`() async throws {
        let fixture = try await GitFixture()
        let cut = try await fixture.repository(killedAt: .worktreeMade)
        _ = await refusal { try await cut.prepare(name: "iss-1", branch: Self.branch, baseRef: "main") }
        let path = fixture.root + "/.worktrees/iss-1"
        try Files.remove(path + "/src/main.txt")
        try write(path + "/README.md", "hal")
        try Files.remove(fixture.root + "/.git/worktrees/iss-1/index")
        try write(fixture.root + "/.git/worktrees/iss-1/index.lock", "")
        try write(fixture.root + "/.git/worktrees/iss-1/locked", "initializing")
        let made = try await prepare(fixture)
        #expect(!made.reused)
        #expect(try read(path + "/README.md") == "hello\n")
        #expect(try await fixture.git("status", "--porcelain", in: path) == "")
        #expect(try await fixture.git("worktree", "list", "--porcelain").contains("locked") == false)
    }

    @Test
    func `a creation that was cut off before its branch was set is made anew`() async throws {
        let fixture = try await GitFixture()
        let cut = try await fixture.repository(killedAt: .worktreeMade)
        _ = await refusal { try await cut.prepare(name: "iss-1", branch: Self.branch, baseRef: "main") }
        let path = fixture.root + "/.worktrees/iss-1"
        let admin = fixture.root + "/.git/worktrees/iss-1"
        for file in ["README.md", "src/main.txt", "src"] { try Files.remove("\(path)/\(file)") }
        try Files.remove(admin + "/index")
        try write(admin + "/HEAD", String(repeating: "0", count: 40) + "\n")
        try write(admin + "/locked", "initializing")
        let made = try await prepare(fixture)
        #expect(try await fixture.git("status", "--porcelain", "--branch", in: made.path) == "## " + Self.branch)
    }

    @Test
    func `a creation that was cut off before the folder was tied to it is made anew`() async throws {
        let fixture = try await GitFixture()
        let cut = try await fixture.repository(killedAt: .worktreeMade)
        _ = await refusal { try await cut.prepare(name: "iss-1", branch: Self.branch, baseRef: "main") }
        let path = fixture.root + "/.worktrees/iss-1"
        for file in ["README.md", "src/main.txt", "src", ".git"] { try Files.remove("\(path)/\(file)") }
        try write(fixture.root + "/.git/worktrees/iss-1/locked", "initializing")
        let made = try await prepare(fixture)
        #expect(try await fixture.git("status", "--porcelain", in: made.path) == "")
    }

    @Test
    func `a folder that was deleted is made again, and the branch keeps its commits`() async throws {
        let fixture = try await GitFixture()
        let made = try await prepare(fixture)
        let head = try await fixture.commit("done", "done\n", in: made.path)
        try await fixture.git("-c", "alias.x=!rm -rf .worktrees", "x")
        #expect(Files.kind(made.path) == .missing)
        let again = try await prepare(fixture)
        #expect(again.head == head)
        #expect(again.baseCommit == made.baseCommit)
        #expect(again.reused)
        #expect(again.needsSetUp)
        #expect(try read(again.path + "/done") == "done\n")
    }

    @Test
    func `a branch that is there is used as it is, and the work begins where it left the base`() async throws {
        let fixture = try await GitFixture()
        let fork = try await fixture.git("rev-parse", "HEAD")
        try await fixture.git("checkout", "--quiet", "-b", Self.branch)
        let head = try await fixture.commit("theirs", "x\n", in: fixture.root)
        try await fixture.git("checkout", "--quiet", "main")
        try await fixture.commit("main", "y\n", in: fixture.root)
        let made = try await prepare(fixture)
        #expect(made.head == head)
        #expect(made.baseCommit == fork)
        #expect(made.reused)
    }

    @Test
    func `a worktree that somebody else made is used, and never removed`() async throws {
        let fixture = try await GitFixture()
        try await fixture.git("worktree", "add", "--quiet", "-b", Self.branch, ".worktrees/iss-1")
        let made = try await prepare(fixture)
        #expect(made.reused)
        #expect(!made.needsSetUp)
        let repository = try await fixture.repository()
        let error = await refusal { try await repository.remove(name: "iss-1", agent: "a", timestampMs: 1) }
        #expect(
            error
                == WorkspaceError(
                    .notOurs,
                    "\(made.path) was there before orch used it: remove it with `git worktree remove`"
                )
        )
        #expect(Files.kind(made.path) == .folder)
    }

    @Test
    func `the hook after creation is wanted until it is said to be done`() async throws {
        let fixture = try await GitFixture()
        let made = try await prepare(fixture)
        #expect(try await prepare(fixture).needsSetUp)
        try await fixture.repository().setUpDone(made)
        #expect(try await prepare(fixture).needsSetUp == false)
    }

    @Test
    func `many at once are made one after another`() async throws {
        let fixture = try await GitFixture()
        let repository = try await fixture.repository()
        let paths = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 1...8 {
                group.addTask {
                    try await repository.prepare(name: "iss-\(number)", branch: "ai/iss-\(number)", baseRef: "main")
                        .path
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(paths).count == 8)
        #expect(try await fixture.git("worktree", "list").split(separator: "\n").count == 9)
    }

    @Test
    func `a branch that is checked out elsewhere is refused, and the place named`() async throws {
        let fixture = try await GitFixture()
        try await fixture.git("checkout", "--quiet", "-b", Self.branch)
        #expect(
            await refusal { try await prepare(fixture) }
                == WorkspaceError(
                    .branchElsewhere,
                    "the branch `\(Self.branch)` is checked out in the main worktree \(fixture.root): check out another one there"
                )
        )
        try await fixture.git("checkout", "--quiet", "main")
        try await fixture.git("worktree", "add", "--quiet", "../other", Self.branch)
        let other = fixture.folder.file("other")
        #expect(
            await refusal { try await prepare(fixture) }
                == WorkspaceError(
                    .branchElsewhere,
                    "the branch `\(Self.branch)` is checked out in \(other): remove that worktree, or check out another branch there"
                )
        )
        try await fixture.git("-c", "alias.x=!rm -rf ../other", "x")
        #expect(
            await refusal { try await prepare(fixture) }
                == WorkspaceError(
                    .branchElsewhere,
                    "the branch `\(Self.branch)` is checked out in \(other): that folder is gone: `git worktree prune` forgets it"
                )
        )
    }

    @Test
    func `what is in the way is left alone`() async throws {
        let fixture = try await GitFixture()
        let path = fixture.root + "/.worktrees/iss-1"
        try fixture.folder.write("repo/.worktrees/iss-1/mine", "x")
        #expect(
            await refusal { try await prepare(fixture) }
                == WorkspaceError(
                    .notOurs,
                    "\(path) is in the way: it is no worktree of \(fixture.root); look at it, then move it away"
                )
        )
        #expect(try read(path + "/mine") == "x")
        try Files.remove(path + "/mine")
        try Files.remove(path)
        try write(path, "a file")
        #expect(await refusal { try await prepare(fixture) }?.code == .notOurs)
        #expect(try read(path) == "a file")
        try Files.remove(path)
        symlink(fixture.root, path)
        #expect(
            await refusal { try await prepare(fixture) }
                == WorkspaceError(.notOurs, "\(path) is a symbolic link, and not a worktree: move it away")
        )
        try Files.remove(path)
        try fixture.folder.folder("repo/.worktrees/iss-1")
        #expect(try await prepare(fixture).reused == false, "an empty folder is no obstacle")
    }

    @Test
    func `a worktrees folder that leads elsewhere is refused`() async throws {
        let fixture = try await GitFixture()
        let outside = try fixture.folder.folder("outside")
        symlink(outside, fixture.root + "/.worktrees")
        #expect(
            await refusal { try await prepare(fixture) }
                == WorkspaceError(
                    .badName,
                    "\(fixture.root)/.worktrees is a symbolic link: worktrees are only made in real folders"
                )
        )
        #expect(Files.names(in: outside).isEmpty)
    }

    @Test
    func `an absolute folder outside is fine`() async throws {
        let fixture = try await GitFixture()
        let home = fixture.folder.file("trees/deep")
        let made = try await fixture.repository().prepare(
            name: "iss-1",
            branch: Self.branch,
            baseRef: "main",
            worktreesFolder: home + "/"
        )
        #expect(made.path == home + "/iss-1")
        #expect(try read(fixture.root + "/.git/info/exclude")?.contains("worktrees") == false)
    }

    @Test
    func `a worktree on another branch is not touched`() async throws {
        let fixture = try await GitFixture()
        let made = try await prepare(fixture)
        try await fixture.git("checkout", "--quiet", "-b", "other", in: made.path)
        #expect(
            await refusal { try await prepare(fixture) }
                == WorkspaceError(
                    .wrongBranch,
                    "the worktree \(made.path) is on branch `other`, and not on `\(Self.branch)`: put it right, or move it away"
                )
        )
        try await fixture.git("checkout", "--quiet", "--detach", in: made.path)
        #expect(await refusal { try await prepare(fixture) }?.code == .wrongBranch)
    }

    @Test
    func `the file that ties the folder to its git folder is mended when it is gone, and refused when it lies`()
        async throws
    {
        let fixture = try await GitFixture()
        let made = try await prepare(fixture)
        try Files.remove(made.path + "/.git")
        let again = try await prepare(fixture)
        #expect(again.path == made.path)
        #expect(try await fixture.git("status", "--porcelain", in: made.path) == "")
        try write(made.path + "/.git", "gitdir: \(fixture.root)/.git\n")
        #expect(
            await refusal { try await prepare(fixture) }
                == WorkspaceError(
                    .notOurs,
                    "the `.git` file of \(made.path) points to \(fixture.root)/.git, and not to \(made.gitDir)"
                )
        )
    }

    @Test
    func `P-37: locks that a killed git left are removed`() async throws {
        let fixture = try await GitFixture()
        let made = try await prepare(fixture)
        let locks = [
            made.gitDir + "/index.lock", made.gitDir + "/HEAD.lock", made.gitDir + "/ORIG_HEAD.lock",
            "\(made.commonDir)/refs/heads/\(Self.branch).lock",
        ]
        for lock in locks { try write(lock, "") }
        _ = try await prepare(fixture)
        for lock in locks { #expect(Files.kind(lock) == .missing) }
        try await fixture.commit("x", "x", in: made.path)
    }

    @Test
    func `P-37: the lock of a git that works is left to it`() async throws {
        let fixture = try await GitFixture()
        let made = try await prepare(fixture)
        let lock = made.gitDir + "/index.lock"
        try write(lock, "")
        let working = Task { try await fixture.git("-c", "alias.x=!sleep 300", "x", in: made.path) }
        #expect(await eventually { !LiveProcesses.working(on: [made.path], isProgram: LiveProcesses.isGit).isEmpty })
        let error = await refusal { try await prepare(fixture) }
        #expect(error?.code == .busy)
        #expect(error?.mayPass == true)
        #expect(Files.kind(lock) == .file)
        working.cancel()
        _ = await refusal { try await working.value }
    }

    @Test
    func `a locked worktree whose folder is gone waits for a person`() async throws {
        let fixture = try await GitFixture()
        let made = try await prepare(fixture)
        try await fixture.git("worktree", "lock", "--reason", "on a stick", made.path)
        try await fixture.git("-c", "alias.x=!rm -rf .worktrees", "x")
        #expect(
            await refusal { try await prepare(fixture) }
                == WorkspaceError(
                    .locked,
                    "the worktree \(made.path) is gone, and locked (on a stick): bring it back, or `git worktree unlock` it"
                )
        )
    }

    @Test
    func `other worktrees whose folders are gone are not forgotten`() async throws {
        let fixture = try await GitFixture()
        try await fixture.git("worktree", "add", "--quiet", "--detach", "../stick")
        try await fixture.git("-c", "alias.x=!rm -rf ../stick", "x")
        _ = try await prepare(fixture)
        try await fixture.git("-c", "alias.x=!rm -rf .worktrees", "x")
        _ = try await prepare(fixture)
        #expect(Files.kind(fixture.root + "/.git/worktrees/stick") == .folder)
    }

    @Test
    func `no hook of the repository runs when a worktree is made`() async throws {
        let fixture = try await GitFixture()
        for hook in ["post-checkout", "reference-transaction", "post-index-change"] {
            try writeProgram(fixture.root + "/.git/hooks/" + hook, "#!/bin/sh\ntouch '\(fixture.folder.file("ran"))'\n")
        }
        _ = try await prepare(fixture)
        #expect(Files.kind(fixture.folder.file("ran")) == .missing)
    }

    @Test(arguments: ["", ".", "..", "a/b", ".hidden", "-x", "a\0b", "a\nb", String(repeating: "x", count: 101)])
    func `a name that would lead elsewhere is refused`(name: String) async throws {
        let fixture = try await GitFixture()
        let repository = try await fixture.repository()
        let error = await refusal { try await repository.prepare(name: name, branch: Self.branch, baseRef: "main") }
        #expect(error?.code == .badName)
        #expect(Files.kind(fixture.root + "/.worktrees") == .missing)
    }

    @Test(arguments: [
        "", "-x", "a..b", "a b", "a~b", "a.lock", "/a", "a/", "@{x", "a\u{7}b", String(repeating: "x", count: 300),
    ])
    func `a branch name that git would not take is refused`(branch: String) async throws {
        let fixture = try await GitFixture()
        let repository = try await fixture.repository()
        let error = await refusal { try await repository.prepare(name: "iss-1", branch: branch, baseRef: "main") }
        #expect(error?.code == .badName)
    }

    @Test(arguments: ["", ".", "..", "../x", "a/../b", "a//b", ".git", ".git/x", "/"])
    func `a worktrees folder that is none is refused`(folder: String) async throws {
        let fixture = try await GitFixture()
        let repository = try await fixture.repository()
        let error = await refusal {
            try await repository.prepare(name: "x", branch: Self.branch, baseRef: "main", worktreesFolder: folder)
        }
        #expect(error?.code == .badName)
    }

    @Test(arguments: ["ai/iss-1-ünï", "ai/it's", "ai/$(touch-x)", "ai/;rm", "ai/a&b", "main-2", "ai/deep/er/x"])
    func `odd branch names that git takes are taken`(branch: String) async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.repository().prepare(name: "odd 'name' 🙂", branch: branch, baseRef: "main")
        #expect(try await fixture.git("symbolic-ref", "HEAD", in: made.path) == "refs/heads/" + branch)
    }

    @Test
    func `a branch in the way of the folder of branches is named`() async throws {
        let fixture = try await GitFixture()
        try await fixture.git("branch", "ai")
        #expect(
            await refusal { try await prepare(fixture) }
                == WorkspaceError(
                    .badName,
                    "a branch is called `ai`, so that none can be called `\(Self.branch)`: rename it, or set another branch prefix"
                )
        )
    }

    @Test
    func `a base that is not there is named`() async throws {
        let fixture = try await GitFixture()
        let repository = try await fixture.repository()
        let error = await refusal { try await repository.prepare(name: "x", branch: Self.branch, baseRef: "nope") }
        #expect(error == WorkspaceError(.noSuchRef, "there is no `nope` to begin from"))
    }
}
