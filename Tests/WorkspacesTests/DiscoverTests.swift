import Glibc
import OrchTestSupport
import Testing

@testable import Workspaces

@Suite(.timeLimit(.minutes(2)))
struct DiscoverTests {
    @Test
    func `the main worktree is found from everywhere in the repository`() async throws {
        let fixture = try await GitFixture()
        let workspace = try await fixture.workspace()
        try await fixture.git("worktree", "add", "--quiet", "--detach", "../elsewhere")
        let starts = [
            fixture.root, fixture.root + "/src", workspace.path, workspace.path + "/src",
            fixture.folder.file("elsewhere"),
            fixture.root + "/.git", fixture.root + "/.git/refs",
        ]
        for start in starts {
            let repository = try await fixture.repository(from: start)
            #expect(repository.root == fixture.root, "from \(start)")
            #expect(repository.gitDir == fixture.root + "/.git", "from \(start)")
        }
    }

    @Test(arguments: [
        "with space", "quo'te\"s", "üñí🙂", "-dash", "$(touch x);`y`", "back\\slash", "new.git", "tab\there",
    ])
    func `odd names are no obstacle`(name: String) async throws {
        let fixture = try await GitFixture(name)
        let workspace = try await fixture.workspace()
        #expect(workspace.path == fixture.root + "/.worktrees/iss-1")
        #expect(try await fixture.repository(from: workspace.path).root == fixture.root)
        let again = try await fixture.workspace()
        #expect(again.reused)
        let summary = try await fixture.repository().inspect(path: workspace.path)
        #expect(summary.uncommittedCount == 0)
    }

    @Test
    func `a path with a line end is refused`() async throws {
        let fixture = try await GitFixture("line\nend")
        let error = await refusal { try await fixture.repository() }
        #expect(error?.code == .unsupportedRepository)
    }

    @Test
    func `a link to the repository leads to its real place`() async throws {
        let fixture = try await GitFixture()
        symlink(fixture.root, fixture.folder.file("link"))
        #expect(try await fixture.repository(from: fixture.folder.file("link")).root == fixture.root)
    }

    @Test
    func `a folder without a repository is refused`() async throws {
        let fixture = try await GitFixture()
        let place = try fixture.folder.folder("plain")
        let error = await refusal { try await fixture.repository(from: place) }
        #expect(
            error
                == WorkspaceError(
                    .notARepository,
                    "\(place) is in no git repository (git says: fatal: not a git repository (or any of the parent directories): .git): "
                        + "run `git init`, or go to one"
                )
        )
        let missing = await refusal { try await fixture.repository(from: place + "/no") }
        #expect(
            missing == WorkspaceError(.notARepository, "\(place)/no is no folder: name one that is in a git repository")
        )
    }

    @Test
    func `a bare repository is refused, also from one of its worktrees`() async throws {
        let fixture = try await GitFixture()
        let bare = fixture.folder.file("x/.git")
        try await fixture.git("clone", "--quiet", "--bare", ".", bare)
        try await fixture.git("worktree", "add", "--quiet", "../tree", in: bare)
        for start in [bare, fixture.folder.file("x/tree")] {
            let error = await refusal { try await fixture.repository(from: start) }
            #expect(
                error
                    == WorkspaceError(
                        .bareRepository,
                        "\(bare) is a bare repository: orch works beside a checkout; clone it and start there"
                    )
            )
        }
    }

    @Test
    func `a repository without a commit is refused`() async throws {
        let fixture = try await GitFixture(empty: true)
        let error = await refusal { try await fixture.repository() }
        #expect(
            error
                == WorkspaceError(
                    .emptyRepository,
                    "\(fixture.root) has no commit yet, so no branch can begin: make a first commit (`git commit --allow-empty -m start`)"
                )
        )
    }

    @Test
    func `without git, or with one that is too old, it says so`() async throws {
        let fixture = try await GitFixture()
        var environment = fixture.environment
        environment["PATH"] = fixture.folder.path
        let missing = await refusal { try await GitRepository.discover(from: fixture.root, environment: environment) }
        #expect(
            missing == WorkspaceError(.gitMissing, "there is no git in PATH: install it (on Debian: `apt install git`)")
        )
        try writeProgram(fixture.folder.file("git"), "#!/bin/sh\necho git version 2.17.1\n")
        let old = await refusal { try await GitRepository.discover(from: fixture.root, environment: environment) }
        #expect(
            old
                == WorkspaceError(
                    .gitTooOld,
                    "\(fixture.folder.path)/git is git 2.17.1; orch needs 2.30.0 or newer: upgrade it"
                )
        )
        try writeProgram(fixture.folder.file("git"), "#!/bin/sh\necho something else; exit 3\n")
        let broken = await refusal { try await GitRepository.discover(from: fixture.root, environment: environment) }
        #expect(broken?.code == .gitMissing)
    }

    @Test
    func `a submodule and a separate git folder have their own main worktree`() async throws {
        let fixture = try await GitFixture()
        let inner = try await GitFixture("inner")
        try await fixture.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.root, "sub")
        let module = try await fixture.repository(from: fixture.root + "/sub")
        #expect(module.root == fixture.root + "/sub")
        try await fixture.git("clone", "--quiet", "--separate-git-dir", "../gitdir", ".", "../split")
        let split = try await fixture.repository(from: fixture.folder.file("split/src"))
        #expect(split.root == fixture.folder.file("split"))
        #expect(split.gitDir == fixture.folder.file("gitdir"))
    }

    @Test(
        arguments: [
            ("git version 2.39.5\n", GitVersion(major: 2, minor: 39, patch: 5)),
            ("git version 2.30.0.windows.1", .oldest),
            ("git version 2.39.5 (Apple Git-154)", GitVersion(major: 2, minor: 39, patch: 5)),
            ("git version 2.51.rc0", GitVersion(major: 2, minor: 51, patch: 0)), ("hub 1", nil), ("", nil),
            ("git version x.y", nil),
        ] as [(String, GitVersion?)]
    )
    func `versions are read as they are written`(text: String, version: GitVersion?) {
        #expect(GitVersion(parsing: text) == version)
    }
}
