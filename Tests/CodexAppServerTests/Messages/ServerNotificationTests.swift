import OrchCore
import Testing

@testable import CodexAppServer

struct ServerNotificationTests {
    private func read(_ method: String, _ text: String) throws -> ServerNotification? {
        ServerNotification(method: method, params: try JSONValue(parsing: text))
    }

    @Test func `a failed turn has the kind of its error, whether a word or an object`() throws {
        let text = """
            {"threadId":"t","turn":{"id":"u","status":"failed","items":[],"error":{"message":"m","codexErrorInfo":INFO}}}
            """
        for (info, kind, status) in [
            ("\"usageLimitExceeded\"", "usageLimitExceeded", nil),
            ("{\"responseStreamDisconnected\":{\"httpStatusCode\":429}}", "responseStreamDisconnected", 429),
            ("{\"brandNew\":{}}", "brandNew", nil),
        ] as [(String, String, Int64?)] {
            let read = try read("turn/completed", text.replacing("INFO", with: info))
            guard case .turnCompleted(let completed) = read else {
                Issue.record("\(String(describing: read))")
                return
            }
            #expect(completed.turn.status == .failed)
            #expect(completed.turn.error?.kind == kind)
            #expect(completed.turn.error?.httpStatus == status)
        }
    }

    @Test func `an error that codex retries says so`() throws {
        let read = try read(
            "error",
            #"{"threadId":"t","turnId":"u","willRetry":true,"error":{"message":"Reconnecting... 1/5","codexErrorInfo":null}}"#
        )
        guard case .turnError(let notice) = read else {
            Issue.record("\(String(describing: read))")
            return
        }
        #expect(notice.willRetry)
        #expect(notice.error.kind == nil)
    }

    @Test func `items are read by kind; a kind that is not known is kept as other`() throws {
        let items = try JSONValue(
            parsing: #"""
                [{"type":"userMessage","id":"1","clientId":"c","content":[{"type":"text","text":"a"},{"type":"image","url":"u"}]},
                 {"type":"agentMessage","id":"2","text":"t","phase":null},
                 {"type":"commandExecution","id":"3","command":"ls","cwd":"/w","status":"failed","exitCode":-1,"aggregatedOutput":null},
                 {"type":"fileChange","id":"4","status":"completed","changes":[{"path":"/f","kind":{"type":"add"},"diff":"d"}]},
                 {"type":"dynamicToolCall","id":"5","tool":"orch_spawn","arguments":{"a":1},"status":"completed","success":true},
                 {"type":"reasoning","id":"6","summary":["a","b"]},
                 {"type":"newThing","id":"7","status":"x"}, {"type":"noID"}]
                """#
        )
        let read = (items.arrayValue ?? []).compactMap { ThreadItem($0) }
        #expect(read.map(\.id) == ["1", "2", "3", "4", "5", "6", "7"])
        guard case .userMessage(let message) = read[0], case .commandExecution(let command) = read[2],
            case .fileChange(let change) = read[3], case .dynamicToolCall(let call) = read[4],
            case .reasoning(let reasoning) = read[5], case .other(let other) = read[6]
        else {
            Issue.record("\(read)")
            return
        }
        #expect(message.clientID == "c")
        #expect(message.text == "a")
        #expect(command.exitCode == -1)
        #expect(change.changes == [.init(path: "/f", kind: "add", diff: "d")])
        #expect(call.arguments == ["a": 1])
        #expect(reasoning.summary == "a\nb")
        #expect(other.type == "newThing")
    }

    @Test func `rate limits are sparse, and the tightest window is known`() throws {
        let read = try read(
            "account/rateLimits/updated",
            #"{"rateLimits":{"primary":{"usedPercent":43,"windowDurationMins":300,"resetsAt":null},"secondary":{"usedPercent":80,"resetsAt":9}}}"#
        )
        guard case .rateLimitsUpdated(let limits) = read else {
            Issue.record("\(String(describing: read))")
            return
        }
        #expect(limits.tightest?.usedPercent == 80)
        #expect(limits.tightest?.resetsAt == 9)
        #expect(RateLimits(["primary": nil])?.tightest == nil)
    }

    @Test func `a known notification without what makes it one is refused`() throws {
        for method in NotificationMethods.typed where !method.lowercased().contains("warning") {
            if ["model/rerouted", "deprecationNotice"].contains(method) { continue }
            #expect(ServerNotification(method: method, params: [:]) == nil, "\(method)")
        }
    }
}
