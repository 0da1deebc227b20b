import OrchCore
import Testing

@testable import CodexAppServer

struct ServerRequestTests {
    private let ids: [String: JSONValue] = ["threadId": "t", "turnId": "u", "itemId": "i"]

    private func approval(_ kind: String, _ more: [String: JSONValue] = [:]) throws -> ApprovalRequest {
        let params = JSONValue.object(ids.merging(more) { $1 })
        let request = ServerRequest(id: .number(0), method: "item/\(kind)/requestApproval", params: params)
        guard case .approval(let approval) = request else { throw Unexpected(request: request) }
        return approval
    }

    private struct Unexpected: Error { var request: ServerRequest }

    @Test func `approvals are read by kind, with the exact request`() throws {
        let command = try approval("commandExecution", ["command": "rm", "cwd": "/w", "reason": "why"])
        #expect(command.kind == .command)
        #expect(command.command == "rm")
        #expect(command.params["reason"] == "why")
        #expect(try approval("fileChange").kind == .fileChange)
        #expect(try approval("permissions", ["permissions": ["network": true]]).kind == .permissions)
    }

    @Test func `I9: a permission is granted by its words only, and refused by granting nothing`() throws {
        let asked = try approval("permissions", ["permissions": ["network": true]])
        #expect(asked.result(.accept) == ["permissions": ["network": true], "scope": "turn"])
        #expect(asked.result(.decline) == ["permissions": [:], "scope": "turn"])
        #expect(try approval("fileChange").result(.decline) == ["decision": "decline"])
        #expect(try approval("commandExecution").result(.cancel) == ["decision": "cancel"])
        #expect(try approval("commandExecution").result(.accept) == ["decision": "accept"])
    }

    @Test func `what is not known, or lacks what makes it one, is unknown`() {
        for method in ["item/tool/call", "item/tool/requestUserInput", "execCommandApproval", "x"] {
            let request = ServerRequest(id: .number(3), method: method, params: ["threadId": "t"])
            #expect(request == .unknown(.init(id: .number(3), method: method, params: ["threadId": "t"])))
        }
    }
}
