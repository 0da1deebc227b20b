import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Settings
import Testing

@testable import Hub

/// What people ask for on this machine that happens at GitHub.
@Suite struct GitHubCommandsTests {
    private let store: TestStore
    private let hub: Hub

    init() throws {
        store = try TestStore.inMemory()
        var settings = HubSettings()
        settings.tracker = .github
        hub = Hub(db: store.db, settings: settings, environment: HubFixture.environment(), now: .current())
    }

    /// Executes a command; its row then.
    private func execute(_ kind: String, _ payload: JSONValue) throws -> CommandRecord {
        let queue = CommandQueue(store.db)
        let id = try queue.insert(kind, payload, source: "test", nowMs: TestStore.startMs)
        try hub.runOffline(command: id, now: .current())
        return try #require(try queue.find(id))
    }

    private func posts() throws -> [Effect.PostComment] {
        try store.tables.outbox.runnable(nowMs: .max, limit: 10).compactMap { row in
            guard case .postComment(let it) = try Effect(row) else { return nil }
            return it
        }
    }

    @Test func `a comment is one row of the outbox, under a name of this hub's`() throws {
        let command = try execute("gh.comment", ["number": 41, "body": "Hello @tina"])
        #expect(command.status == .done)
        let key = "comment:orch:command:\(try store.tables.tracker.get().hub):\(command.id)"
        #expect(try JSONValue(parsing: command.result ?? "")["outbox"]?.stringValue == key)
        let post = try #require(try posts().first)
        #expect(post.issue == 41)
        #expect(post.body == "Hello @tina")
        #expect(post.isPersons == true)
        #expect(try store.tables.outbox.find(key: key)?.issue == nil)
    }

    @Test func `a comment of orch issue reaches the agent, too`() throws {
        let agent = try store.rows.agent("iss-1")
        let number = try #require(agent.issue)
        let command = try execute("issue.comment", ["number": .number(number), "body": "Mind the gap", "author": "bo"])
        #expect(command.status == .done)
        #expect(try posts().map(\.body) == ["Mind the gap"])
        #expect(try store.tables.issues.comments(number).isEmpty)
        let turns = try store.db.query("SELECT prompt FROM turn WHERE agent = ?", agent.id) { try $0.get(0) as String }
        #expect(turns.count == 1)
        #expect(turns.first?.contains("A comment by bo on issue #\(number):\n\nMind the gap") == true)
    }

    @Test func `what would change the mirror alone is refused`() throws {
        let number = try store.rows.issue()
        for (kind, more) in [
            ("issue.edit", "title"), ("issue.close", "x"), ("issue.reopen", "x"), ("issue.label", "x"),
        ] {
            let command = try execute(kind, .object(["number": .number(number), more: "y"]))
            #expect(command.status == .refused)
            #expect(command.error?.contains("the issues are at GitHub") == true, "\(kind)")
        }
        #expect(try execute("issue.new", ["title": "T"]).status == .refused)
    }

    @Test(arguments: [
        ("gh.comment", 1, " ", "empty"), ("gh.comment", 0, "x", "above 0"),
        ("gh.comment", 1, String(repeating: "é", count: 65_001), "65001 characters"),
        ("gh.pr_comment", 1, "x", "is an issue, not a pull request"), ("gh.merge", 1, "x", "knows no command gh.merge"),
    ]) func `comments that GitHub would refuse are refused here`(kind: String, number: Int, body: String, words: String)
        throws
    {
        try store.rows.issue()
        let command = try execute(kind, ["number": .number(number), "body": .string(body)])
        #expect(command.status == .refused)
        #expect(command.error?.contains(words) == true, "\(command.error ?? "")")
        #expect(try posts().isEmpty)
    }

    @Test func `a hub of local issues posts nothing at GitHub`() throws {
        hub.settings.tracker = .local
        let command = try execute("gh.comment", ["number": 1, "body": "x"])
        #expect(command.status == .refused)
        #expect(command.error?.contains("not with GitHub") == true)
    }
}
