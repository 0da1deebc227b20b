import Foundation
import ModelServer
import OrchStore
import OrchTestSupport
import Testing

/// Folders that orch can't work in.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct BadRepositoryTests {
    private static func writing(_ stage: Stage) -> [[String]] {
        [
            ["daemon", "--codex-path", stage.codex], ["init"], ["issue", "new", "Anything"],
            ["import", "--from", stage.directory.file("home")],
        ]
    }

    private static let reading = [
        ["status"], ["issue", "list"], ["issue", "show", "1"], ["query", "issues"], ["query", "sql", "SELECT 1"],
        ["explain", "1"], ["approvals"], ["follow", "--no-wait"], ["export", "--out", "out"], ["pause"], ["stop"],
        ["artifact", "cat", "abcd"], ["agent", "list"], ["send", "iss-1", "hello"],
    ]

    @Test func `a folder in no repository, a bare one, an empty one, and none at all are refused, and left alone`()
        async throws
    {
        let stage = try await Stage()
        let folders: [(name: String, code: Int32, why: String)] = [
            ("plain", 66, "is in no git repository"), ("bare", 69, "is a bare repository"),
            ("empty", 69, "has no commit yet"),
        ]
        try stage.directory.folder("plain")
        try await stage.git("init", "--quiet", "--bare", stage.directory.file("bare"))
        try await stage.git("init", "--quiet", stage.directory.file("empty"))
        for folder in folders {
            let path = stage.directory.file(folder.name)
            let before = try stage.directory.list(folder.name)
            for words in Self.writing(stage) {
                try await stage.run(stage.orch, words, in: path).expectRefusal(folder.code, folder.why)
            }
            for words in Self.reading {
                try await stage.run(stage.orch, words, in: path).expectRefusal(
                    66,
                    "there is no .orch folder in \(path)"
                )
            }
            #expect(try stage.directory.list(folder.name) == before)
        }
        for words in Self.writing(stage) + Self.reading {
            try await stage.run(stage.orch, words + ["--cwd", "/nowhere"]).expectRefusal(66, "/nowhere")
        }
    }

    @Test func `a main worktree without a branch, and a base branch that is not there, are refused`() async throws {
        let stage = try await Stage()
        try await stage.commit(settings: "base_branch: nowhere")
        let missing = try await stage.orch("daemon", "--codex-path", stage.codex)
        #expect(missing.code != 0 && missing.code < 128 && missing.errors.contains("nowhere"), "\(missing)")
        try await stage.commit(settings: "wip: 1")
        try await stage.git("checkout", "--quiet", "--detach")
        let detached = try await stage.orch("daemon", "--codex-path", stage.codex)
        #expect(detached.code != 0 && detached.code < 128 && detached.errors.contains("branch"), "\(detached)")
        #expect(try stage.value("SELECT epoch FROM hub") == 0)
    }

    @Test(arguments: [
        ("---\norch: {wip: [}\n---\n", "WORKFLOW.md"),
        ("---\norch: {wip: \"\u{1B}[31mmany\"}\n---\n", "control characters"),
        ("---\norch: {budget: soon, chekin: 5m}\n---\n", "chekin"), ("---\nnever ends\n", "WORKFLOW.md"),
        ("---\norch: {wip: 1}\n---\nHello {{ issue.titel }}", "titel"),
    ])
    func `wrong settings are refused as a whole, before anything starts`(text: String, part: String) async throws {
        let stage = try await Stage()
        try text.write(toFile: stage.repository + "/WORKFLOW.md", atomically: true, encoding: .utf8)
        try await stage.git("commit", "--quiet", "--all", "--message", "Break it")
        let said = try await stage.orch("daemon", "--codex-path", stage.codex)
        said.expectRefusal(78, part)
        #expect(!said.all.contains("\u{1B}"))
        #expect(try stage.value("SELECT epoch FROM hub") == 0)
    }
}
