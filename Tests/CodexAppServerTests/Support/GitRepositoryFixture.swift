import CodexAppServer
import Foundation
import OrchTestSupport

/// A git repository with a commit on `main`, and a linked worktree `wt` on branch `ai/one`.
struct GitRepositoryFixture {
    let directory: TemporaryDirectory
    var repository: String { directory.file("repo") }
    var worktree: String { directory.file("repo/.worktrees/wt") }
    var folders: GitFolders {
        GitFolders(
            common: repository + "/.git",
            own: repository + "/.git/worktrees/wt",
            temporary: repository + "/.git/orch/tmp/wt"
        )
    }

    init() throws {
        directory = try TemporaryDirectory("orch-git")
        try directory.write(
            "home/.gitconfig",
            "[user]\nname = T\nemail = t@example.org\n[init]\ndefaultBranch = main\n"
        )
        try directory.write("repo/file", "hello\n")
        try git("init", "-q")
        try git("add", "-A")
        try git("commit", "-q", "-m", "first")
        try git("worktree", "add", "-q", "-b", "ai/one", worktree)
    }

    @discardableResult
    func git(_ arguments: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/git")
        process.arguments = ["-C", repository] + arguments
        process.environment = [
            "PATH": "/usr/bin:/bin", "HOME": directory.file("home"), "GIT_CONFIG_NOSYSTEM": "1",
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw TestSupportError(description: "git \(arguments) failed") }
        return text
    }
}
