import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Settings
import Testing

@testable import Hub

/// Secrets at the hub's door.
@Suite struct InputRedactionTests {
    private static let secret = "correct-horse-battery"
    private static let redaction = Redaction(environment: ["THE_SECRET": secret])

    private static let item = TurnItem(id: "i", kind: .command, text: "echo \(secret)", status: "completed")
    private static let turn = ThreadHistory.Turn(id: "u", status: "failed", errorKind: "other", errorMessage: secret)

    private static let inputs: [Input] = [
        .codex(server: 1, .itemStarted(thread: "t", turn: "u", item)),
        .codex(server: 1, .itemCompleted(thread: "t", turn: "u", item)),
        .codex(server: 1, .turnCompleted(thread: "t", turn: turn)),
        .codex(server: 1, .turnError(thread: "t", turn: "u", kind: nil, message: secret, willRetry: true)),
        .codex(server: 1, .warning(secret)),
        .codex(
            server: 1,
            .toolCall(
                .init(
                    request: "1",
                    thread: "t",
                    turn: "u",
                    call: "c",
                    tool: "orch_send",
                    arguments: ["list": [.string(secret), 7]]
                )
            )
        ),
        .disconnected(server: 1, reason: secret),
        .settled(effect: 1, .retry(reason: secret)),
        .settled(effect: 1, .failed(code: .other, reason: secret)),
        .settled(effect: 1, .done(.exec(exitCode: 0, output: "a\n\(secret)\nb"))),
        .settled(effect: 1, .done(.history(ThreadHistory(turns: [turn], items: [.init(turn: "u", item: item)])))),
        .settled(
            effect: 1,
            .done(
                .inspected(
                    WorkspaceFacts(branch: "b", head: "h", commitsAhead: 1, uncommitted: [secret], text: secret)
                )
            )
        ),
        .settingsInvalid(secret),
        .stderr(source: "codex", lines: [secret]),
        .stopping(reason: secret),
    ]

    @Test(arguments: inputs.indices)
    func `what comes from agents and programs is rid of it`(index: Int) {
        let before = Self.inputs[index]
        #expect("\(before)".contains(Self.secret))
        let after = before.redacted(by: Self.redaction)
        #expect("\(after)" == "\(before)".replacing(Self.secret, with: "[redacted:THE_SECRET]"))
    }

    @Test func `a request for approval keeps its mark, and loses its secrets, when it is recorded`() throws {
        let store = try TestStore.inMemory()
        var environment = HubFixture.environment()
        environment.redaction = Self.redaction
        let hub = Hub(db: store.db, settings: .init(), environment: environment, now: .current())
        _ = try hub.step([.started], now: .current())
        let server = try #require(try store.tables.appServers.live()?.id)
        let conversation = try store.rows.conversation(try store.rows.agent(), thread: "thread")
        hub.link = .init(server: server, synced: [conversation.id])
        let payload: JSONValue = ["command": .string("curl -H 'X: \(Self.secret)'")]
        for _ in 0..<2 {
            let asked = CodexInput.ApprovalAsked(
                request: "1",
                thread: "thread",
                turn: nil,
                item: nil,
                kind: "command",
                summary: "curl \(Self.secret)",
                payload: payload
            )
            _ = try hub.step([.codex(server: server, .approval(asked))], now: .current())
        }
        let row: (String, String, String) = try #require(
            try store.db.first("SELECT request_hash, payload, summary FROM approval") {
                (try $0.get(0), try $0.get(1), try $0.get(2))
            }
        )
        #expect(row.0 == RequestHash.of(payload.canonicalText))
        #expect(row.1 == #"{"command":"curl -H 'X: [redacted:THE_SECRET]'"}"#)
        #expect(row.2 == "curl [redacted:THE_SECRET]")
        #expect(try store.db.scalar("SELECT count(*) FROM approval") == 1)
        #expect(try store.db.scalar("SELECT count(*) FROM event WHERE data LIKE '%\(Self.secret)%'") == 0)
    }
}
