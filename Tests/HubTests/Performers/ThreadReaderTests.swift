import CodexAppServer
import OrchCore
import Testing

@testable import Hub

/// Reading back what was missed.
@Suite(.timeLimit(.minutes(1)))
struct ThreadReaderTests {
    /// A thread of so many turns, one message each, listed newest first, two to a page.
    private func transport(turns: Int) -> ScriptedTransport {
        ScriptedTransport { method, params in
            let first = params["cursor"]?.stringValue.flatMap { Int($0) } ?? turns
            let numbers = stride(from: first, to: max(0, first - 2), by: -1)
            let data: [JSONValue] =
                switch method {
                case "thread/turns/list": numbers.map { ["id": .string("u\($0)"), "status": "completed"] }
                default:
                    numbers.map {
                        [
                            "turnId": .string("u\($0)"),
                            "item": [
                                "type": "userMessage", "id": .string("m\($0)"), "clientId": .string("c\($0)"),
                                "content": [],
                            ],
                        ]
                    }
                }
            return .result(["data": .array(data), "nextCursor": first > 2 ? .string(String(first - 2)) : .null])
        }
    }

    private func read(_ transport: ScriptedTransport, _ wanted: Set<String>) async throws -> ThreadHistory {
        let connection = try await transport.connect()
        defer { connection.close() }
        return try await ThreadReader(CodexClient(connection), threadID: "t").read(wanted: wanted)
    }

    @Test func `it reads back to the oldest message that is asked for, and no further`() async throws {
        let transport = transport(turns: 10)
        let history = try await read(transport, ["c8", "c7"])
        #expect(history.items.map(\.turn) == ["u7", "u8", "u9", "u10"])
        #expect(history.turns.map(\.id) == ["u7", "u8", "u9", "u10"])
        #expect(transport.methods.count == 4)
    }

    @Test func `a message that is nowhere makes it read all`() async throws {
        let history = try await read(transport(turns: 7), ["lost"])
        #expect(history.items.count == 7)
        #expect(history.turns.map(\.id) == (1...7).map { "u\($0)" })
    }

    @Test func `when nothing is asked for, no items are read`() async throws {
        let transport = transport(turns: 10)
        #expect(try await read(transport, []).items.isEmpty)
        #expect(transport.methods == ["thread/turns/list"])
    }

    @Test func `a thread that never ran has no history`() async throws {
        let transport = ScriptedTransport { _, _ in .error("thread t is not materialized yet") }
        #expect(try await read(transport, ["c"]) == ThreadHistory(turns: [], items: []))
    }
}
