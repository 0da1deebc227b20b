import GitHubServer
import Hub
import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Settings
import Testing
import Workspaces

@testable import OrchCommands

/// `orch issue` and `orch gh` where the issues are at GitHub.
@Suite(.timeLimit(.minutes(2))) struct GitHubIssueTests {
    @Test func `an issue that the hub does not know is asked for at GitHub`() async throws {
        try await GitHubScene.run { scene in
            try await scene.commitWorkflow()
            let body = "## Goal\nGreet.\n## Acceptance\n- [ ] It greets\n## Scope\nOne file\n## Validation\nRun it"
            let number = try await scene.model.fileIssue("Add a greeting", body, labels: ["bug"], by: "acme")
            _ = try await scene.model.comment(number, "Please do", by: "tina")
            let shown = await scene.console().run("issue", "show", "\(number)")
            #expect(shown.status == 0, "\(shown.err)")
            #expect(shown.out.hasPrefix("#\(number) Add a greeting\nstate       open, not in the hub's hands\n"))
            for words in ["Goal\n  Greet.", "Acceptance\n  [ ] It greets", "Scope\n  One file", "Validation\n  Run it"]
            {
                #expect(shown.out.contains("\n\n\(words)"), "\(shown.out)")
            }
            #expect(shown.out.contains("Please do"))
            let json = try #require(await scene.console().run("issue", "show", "\(number)", "--json").json)
            #expect(json["charter"]?["goal"] == "Greet.")
            #expect(json["labels"] == ["bug"])
            let none = await scene.console().run("issue", "show", "99")
            #expect(none.status == 66)
            #expect(none.err.contains("there is no issue #99 at GitHub in acme/widgets"))
            let stranger = await scene.console(token: nil).run("issue", "show", "1")
            #expect(stranger.err.contains("there is no token for"))
        }
    }

    @Test func `issues in the hub's hands are shown and listed from the database`() async throws {
        let store = try TestStore.onDisk()
        let console = Console(directory: try #require(store.directory).path)
        let number = try store.rows.issue("Mirrored", body: "## Goal\nG", phase: .review)
        try store.tables.tracker.setKind("github")
        try store.tables.remote.see(
            number,
            remoteID: 7,
            url: "https://github.com/a/b/issues/1",
            updatedAt: "",
            isLocked: false
        )
        let shown = await console.run("issue", "show", "\(number)")
        #expect(shown.out.contains("url         https://github.com/a/b/issues/1"))
        #expect(
            await console.run("issue", "show", "\(number)", "--json").json?["url"] == "https://github.com/a/b/issues/1"
        )
        let list = await console.run("issue", "list")
        #expect(list.out.contains("Mirrored"))
        #expect(list.err == "Note: GitHub was never looked at: `orch daemon` does that.\n")
        try store.tables.tracker.setPolled(nowMs: console.nowMs - 600_000)
        #expect(await console.run("issue", "list").err == "Note: as GitHub was 10m ago; `orch daemon` keeps up.\n")
    }

    @Test(arguments: [
        (
            ["new", "It's new", "--label", "x", "--body", ""],
            "gh issue create --title 'It'\\''s new' --label x --repo acme/widgets"
        ),
        (["edit", "1", "--title", "T"], "gh issue edit 1 --title T --repo acme/widgets"),
        (
            ["label", "1", "--queue"],
            "gh issue edit 1 --add-label orchestrate --add-label agent:queued --repo acme/widgets"
        ),
        (["label", "1", "--remove", "a b"], "gh issue edit 1 --remove-label 'a b' --repo acme/widgets"),
        (["close", "1"], "gh issue close 1 --repo acme/widgets"),
        (["reopen", "1"], "gh issue reopen 1 --repo acme/widgets"),
    ]) func `what would change the mirror alone is refused, with the command to use`(verb: [String], command: String)
        async throws
    {
        let directory = try await TestRepository.make()
        try directory.write("WORKFLOW.md", "---\norch:\n  tracker: github\n  repo: acme/widgets\n---\n")
        try await TestRepository.git(["add", "WORKFLOW.md"], directory)
        try await TestRepository.commit("Settings", directory)
        let console = Console(directory: directory.path)
        _ = await console.run("init", "--local", "--no-workflow")
        let result = await console.run(["issue"] + verb)
        #expect(result.status == 1)
        #expect(result.err.hasPrefix("Error: the issues are at GitHub (acme/widgets), and "))
        #expect(result.err.hasSuffix("Hint:  change them there: \(command)\n"), "\(result.err)")
        #expect(await console.run("issue", "list", "--json").json?.arrayValue == [])
    }

    @Test func `a daemon that was started with --repo counts, until the settings say otherwise`() async throws {
        let directory = try await TestRepository.make()
        let console = Console(directory: directory.path)
        _ = await console.run("init", "--local", "--no-workflow")
        let db = try Store.open(OrchFolder(repository: directory.path), role: .client, nowMs: console.nowMs)
        let tables = HubTables(db)
        let number = try tables.issues.create(number: 4, title: "Four", body: "", author: "bo", nowMs: 1)
        _ = try tables.issues.want(number, label: "orchestrate", true)
        _ = try tables.hub.start(
            pid: 1,
            host: "h",
            version: "0",
            repository: directory.path,
            baseBranch: "main",
            settings: "{}",
            nowMs: 1
        )
        try tables.tracker.setKind("github")
        try tables.tracker.setRepository("acme/widgets", id: 1, login: "orch", defaultBranch: "main")
        let refused = await console.run("issue", "new", "Another", "--body", "")
        #expect(refused.err.contains("the issues are at GitHub (acme/widgets), and orch files none there"))
        #expect(await console.run("issue", "retry", "4").status == 0)
        #expect(try tables.issues.require(4).phase == .queued)
        try tables.issues.setOpen(4, false, nowMs: 2)
        #expect(
            await console.run("explain", "4").out.hasPrefix("#4 is closed; what would change it: reopen it at GitHub\n")
        )
        // The comment is in the outbox, for the daemon to come.
        let comment = await console.run("issue", "comment", "4", "hello")
        #expect(comment.status == 0)
        #expect(comment.err.contains("no daemon is running; it is posted when `orch daemon` starts"))
        #expect(try tables.outbox.openCount(kind: "issue.comment", issue: 4) == 1)

        try directory.write("WORKFLOW.md", "---\norch:\n  tracker: local\n---\n")
        try await TestRepository.git(["add", "WORKFLOW.md"], directory)
        try await TestRepository.commit("Settings", directory)
        #expect(await console.run("issue", "new", "Another", "--body", "").out == "#5\n")
    }

    @Test func `a comment waits for the daemon, and goes through the hub's outbox to GitHub once`() async throws {
        try await GitHubScene.run { scene in
            try await scene.commitWorkflow()
            let number = try await scene.model.fileIssue("Add a greeting", "", by: "acme")
            let console = scene.console()
            #expect(await console.run("init", "--local", "--no-workflow").status == 0)
            let result = await console.run(
                ["gh", "comment", "\(number)", "-F", "-"],
                input: Array("@tina, this closes #1: done\n".utf8)
            )
            #expect(result.status == 0, "\(result.err)")
            #expect(result.err.contains("no daemon is running; it will be done when `orch daemon` starts (command 1)"))
            #expect(await console.run("gh", "pr-comment", "5", "two", "words").status == 0)
            #expect(await scene.model.log.records.isEmpty)

            let folder = OrchFolder(repository: scene.directory.path)
            let db = try Store.open(folder, role: .readOnly, nowMs: console.nowMs)
            let commands = try HubTables(db).commands.pending(limit: 10)
            #expect(commands.map(\.kind) == ["gh.comment", "gh.pr_comment"])
            #expect(try JSONValue(parsing: commands[1].payload)["body"] == "two words")

            try await deliver(commands.map(\.id), folder, scene)
            let rows = try ["1", "2"].map {
                try HubTables(db).outbox.find(key: "comment:orch:command:\(try hub(db)):\($0)")
            }
            #expect(rows.compactMap(\.?.error).contains { $0.contains("404") })
            let snapshot = try await scene.model.snapshot("acme/widgets")
            let comments = snapshot.value["issues"]?.arrayValue?.first?["comments"]?.arrayValue ?? []
            #expect(comments.count == 1)
            #expect(comments.first?["author"] == "orch")
            // A person's own words: who is mentioned is meant.
            #expect(comments.first?["body"]?.stringValue?.hasSuffix(" -->\n@tina, this closes #1: done\n") == true)
        }
    }

    @Test func `comments that can't be right are refused at once`() async throws {
        let directory = try await TestRepository.make()
        let console = Console(directory: directory.path)
        _ = await console.run("init")
        let local = await console.run("gh", "comment", "1", "hello")
        #expect(local.status == 1)
        #expect(local.err.contains("works on local issues, not with GitHub"))
        #expect(local.err.contains("`orch issue comment 1`"))
        #expect(await console.run("gh", "comment", "1").status == 64)
        #expect(await console.run("gh", "comment", "1", "x", "--body", "y").status == 64)
        let long = await console.run(["gh", "comment", "1", "-F", "-"], input: [UInt8](repeating: 97, count: 65_001))
        #expect(long.status == 65)
        #expect(long.err.contains("the comment has 65001 characters; at most 65000"))
    }

    @Test func `what became of a comment is waited for`() async throws {
        let store = try TestStore.onDisk()
        let row = OutboxTable.New(
            key: "comment:x",
            kind: "issue.comment",
            lane: "issue:1",
            agent: nil,
            issue: nil,
            turn: nil,
            payload: "{}",
            dueAtMs: 0
        )
        _ = try store.tables.outbox.add(row, nowMs: 0)
        let other = try store.another(role: .readOnly)
        await #expect(throws: CommandError.self) {
            try await CommentDelivery.settled("comment:x", other, limit: .seconds(20)) { false }
        }
        let id = try #require(try store.tables.outbox.find(key: "comment:x")?.id)
        try store.tables.outbox.setPerforming(id, epoch: 0)
        try store.tables.outbox.settle(id, .failed, error: "GitHub answered 404", nowMs: 1)
        let settled = try await CommentDelivery.settled("comment:x", other, limit: .zero) { true }
        #expect(settled.status == .failed)
        #expect(settled.error == "GitHub answered 404")
    }

    private func hub(_ db: Connection) throws -> String { try HubTables(db).tracker.get().hub }

    /// Does what a daemon would: executes the commands and performs what they want, each twice, as after a crash.
    private func deliver(_ commands: [Int64], _ folder: OrchFolder, _ scene: GitHubScene) async throws {
        let db = try Store.open(folder, role: .client, nowMs: TestStore.startMs)
        var settings = HubSettings()
        settings.tracker = .github
        let environment = Hub.Environment(
            makeID: { "id" },
            unitRandom: { 0.5 },
            pid: 1,
            host: "test",
            version: "0",
            repository: folder.repository,
            baseBranch: "main",
            appServerMode: "socket",
            socketPath: nil
        )
        let hub = Hub(db: db, settings: settings, environment: environment, now: .current())
        for command in commands { try hub.runOffline(command: command, now: .current()) }
        let repository = try await GitRepository.discover(
            from: folder.repository,
            environment: scene.console().environment
        )
        settings.repository = "acme/widgets"
        let project = GitHubProject(
            repository: repository,
            settings: settings,
            environment: scene.console().environment
        )
        let tables = HubTables(db)
        try await project.visit { client in
            let tracker = GitHubTracker(client: client, facts: TrackerFacts(folder), redaction: Redaction()) { "orch" }
            for row in try tables.outbox.runnable(nowMs: .max, limit: 10) {
                guard case .postComment(let it) = try Effect(row) else { continue }
                _ = await tracker.post(it, attempts: 1)
                try tables.outbox.setPerforming(row.id, epoch: 0)
                switch await tracker.post(it, attempts: 2) {
                case .done: try tables.outbox.settle(row.id, .done, nowMs: 1)
                case .failed(_, let reason): try tables.outbox.settle(row.id, .failed, error: reason, nowMs: 1)
                case .retry(let reason), .later(let reason, _): Issue.record("\(reason)")
                }
            }
        }
    }
}
