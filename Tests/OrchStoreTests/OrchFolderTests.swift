import Glibc
import OrchStore
import OrchTestSupport
import Testing

struct OrchFolderTests {
    @Test func `It is for its owner only, and git ignores all of it`() throws {
        let directory = try TemporaryDirectory()
        let folder = OrchFolder(repository: directory.path + "//")
        #expect(folder.path == directory.path + "/.orch")
        try folder.create()
        #expect(try mode(folder.path) == 0o700)
        #expect(try mode(folder.path + "/.gitignore") == 0o600)
        #expect(try directory.read(".orch/.gitignore") == "*\n")
        try folder.create()
    }

    @Test func `One that others may look into is closed, and a person's .gitignore stays`() throws {
        let directory = try TemporaryDirectory()
        try directory.write(".orch/.gitignore", "mine\n")
        chmod(directory.file(".orch"), 0o755)
        let folder = OrchFolder(repository: directory.path)
        try folder.create()
        #expect(try mode(folder.path) == 0o700)
        #expect(try directory.read(".orch/.gitignore") == "mine\n")
    }

    @Test func `An empty .gitignore, which a full disk left, is written anew`() throws {
        let directory = try TemporaryDirectory()
        try directory.write(".orch/.gitignore", "")
        try OrchFolder(repository: directory.path).create()
        #expect(try directory.read(".orch/.gitignore") == "*\n")
        #expect(try directory.list(".orch") == [".gitignore"])
    }

    @Test func `A link is refused: a cloned repository could bring one that leads anywhere`() throws {
        let directory = try TemporaryDirectory()
        try directory.folder("elsewhere")
        symlink(directory.file("elsewhere"), directory.file(".orch"))
        expectStoreError(.unwritable, "a symbolic link", "move it away") {
            try OrchFolder(repository: directory.path).create()
        }
        #expect(try mode(directory.file("elsewhere")) != 0o700 || directory.list("elsewhere").isEmpty)
    }

    @Test func `A file in its place is refused`() throws {
        let directory = try TemporaryDirectory()
        try directory.write(".orch", "a file")
        expectStoreError(.unwritable, "is no folder but a file") { try OrchFolder(repository: directory.path).create() }
    }

    @Test func `A repository that does not exist is refused`() throws {
        let directory = try TemporaryDirectory()
        expectStoreError(.unwritable, "No such file or directory") {
            try OrchFolder(repository: directory.file("nowhere")).create()
        }
    }

    @Test func `It is found from below, within the repository`() throws {
        let directory = try TemporaryDirectory()
        try directory.folder("repo/.git")
        try directory.folder("repo/.orch")
        let deep = try directory.folder("repo/a/b")
        #expect(try OrchFolder.find(from: deep)?.repository == directory.file("repo"))
        #expect(try OrchFolder.find(from: directory.file("repo"))?.repository == directory.file("repo"))
    }

    @Test func `It is not looked for beyond the repository`() throws {
        let directory = try TemporaryDirectory()
        try directory.folder(".orch")
        try directory.folder("repo/.git")
        #expect(try OrchFolder.find(from: directory.folder("repo/a")) == nil)
        #expect(try OrchFolder.find(from: directory.folder("plain"))?.repository == directory.path)
    }

    @Test func `In a linked worktree it is that of its repository`() throws {
        let directory = try TemporaryDirectory()
        try directory.folder("repo/.git/worktrees/one")
        try directory.folder("repo/.orch")
        try directory.write("one/.git", "gitdir: \(directory.file("repo"))/.git/worktrees/one\n")
        #expect(try OrchFolder.find(from: directory.folder("one/src"))?.repository == directory.file("repo"))
        try directory.write("module/.git", "gitdir: ../repo/.git/modules/module\n")
        #expect(try OrchFolder.find(from: directory.file("module")) == nil)
    }

    @Test func `Looking from nowhere is an error`() throws {
        expectStoreError(.notFound, "/nowhere") { try OrchFolder.find(from: "/nowhere") }
    }
}
