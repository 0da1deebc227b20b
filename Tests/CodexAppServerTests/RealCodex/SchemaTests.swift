import Foundation
import OrchCore
import OrchTestSupport
import Testing

@testable import CodexAppServer

extension RealCodexTests {
    /// What we send and read is what the installed codex says it speaks.
    @Suite struct SchemaTests {
        /// The schema that codex generates of itself.
        private struct Schema {
            let directory: TemporaryDirectory

            init() throws {
                directory = try TemporaryDirectory()
                let process = Process()
                process.executableURL = URL(filePath: try RealCodex.path())
                process.arguments = [
                    "app-server", "generate-json-schema", "--experimental", "--out", directory.file("schema"),
                ]
                process.environment = ["PATH": "/usr/bin:/bin", "CODEX_HOME": try directory.folder("home")]
                process.standardError = FileHandle.nullDevice
                try process.run()
                process.waitUntilExit()
                try #require(process.terminationStatus == 0)
            }

            func file(_ name: String) throws -> JSONValue {
                try JSONValue(parsing: try directory.read("schema/\(name).json"))
            }

            /// The methods of one of the unions.
            func methods(_ union: String) throws -> Set<String> {
                let cases = try file(union)["oneOf"]?.arrayValue ?? []
                return Set(cases.compactMap { $0["properties"]?["method"]?["enum"]?[0]?.stringValue })
            }

            func fields(_ name: String) throws -> Set<String> {
                Set((try file(name)["properties"]?.objectValue ?? [:]).keys)
            }

            /// The fields of a definition in the whole protocol; of a union, of the case of that type.
            func fields(definition: String, case type: String? = nil) throws -> Set<String> {
                let all = try file("codex_app_server_protocol.v2.schemas")
                let found = (all["definitions"] ?? all["$defs"])?[definition]
                let object =
                    type.flatMap { type in
                        found?["oneOf"]?.arrayValue?.first {
                            $0["properties"]?["type"]?["enum"]?[0]?.stringValue == type
                        }
                    } ?? found
                return Set((object?["properties"]?.objectValue ?? [:]).keys)
            }
        }

        private func keys(_ json: JSONValue) -> Set<String> { Set((json.objectValue ?? [:]).keys) }

        @Test func `the methods that we call, read and answer are there`() throws {
            let schema = try Schema()
            let requests: Set<String> = [
                "initialize", "thread/start", "thread/resume", "thread/read", "thread/loaded/list", "thread/name/set",
                "thread/turns/list", "thread/items/list", "thread/backgroundTerminals/clean", "turn/start",
                "turn/steer",
                "turn/interrupt", "account/read", "account/rateLimits/read", "model/list",
            ]
            #expect(requests.subtracting(try schema.methods("ClientRequest")) == [])
            let notifications = try schema.methods("ServerNotification")
            #expect(NotificationMethods.typed.subtracting(notifications) == [])
            #expect(Set(NotificationMethods.unneeded).subtracting(notifications) == [])
            let asked: Set<String> = [
                "item/commandExecution/requestApproval", "item/fileChange/requestApproval",
                "item/permissions/requestApproval",
                "item/tool/call",
            ]
            #expect(asked.subtracting(try schema.methods("ServerRequest")) == [])
        }

        @Test func `the fields that we send are there`() throws {
            let schema = try Schema()
            let sandbox = SandboxPolicy.workspaceWrite(writableRoots: ["/a"])
            let start = ThreadStartParams(
                folder: "/w",
                model: "m",
                sandbox: sandbox,
                developerInstructions: "d",
                tools: [],
                config: [:],
                name: nil
            )
            let resume = ThreadResumeParams(
                threadID: "t",
                folder: "/w",
                model: "m",
                sandbox: sandbox,
                approvalPolicy: .onRequest,
                config: [:]
            )
            let turn = TurnStartParams(
                threadID: "t",
                clientID: "c",
                text: "x",
                model: "m",
                folder: "/w",
                sandbox: sandbox,
                approvalPolicy: .never
            )
            let steer = TurnSteerParams(threadID: "t", turnID: "u", clientID: "c", text: "x")
            let list: Set<String> = ["threadId", "limit", "sortDirection", "cursor"]
            let sent: [(String, Set<String>)] = [
                ("ThreadStartParams", keys(start.json)), ("ThreadResumeParams", keys(resume.json)),
                ("TurnStartParams", keys(turn.json)), ("TurnSteerParams", keys(steer.json)),
                ("TurnInterruptParams", ["threadId", "turnId"]), ("ThreadReadParams", ["threadId", "includeTurns"]),
                ("ThreadSetNameParams", ["threadId", "name"]), ("ThreadLoadedListParams", ["cursor"]),
                ("ThreadTurnsListParams", list.union(["itemsView"])), ("ThreadItemsListParams", list.union(["turnId"])),
                ("ThreadBackgroundTerminalsCleanParams", ["threadId"]), ("ModelListParams", ["limit"]),
            ]
            for (name, fields) in sent {
                #expect(fields.subtracting(try schema.fields("v2/\(name)")) == [], "\(name)")
                let required = Set(
                    (try schema.file("v2/\(name)")["required"]?.arrayValue ?? []).compactMap(\.stringValue)
                )
                #expect(required.subtracting(fields) == [], "\(name)")
            }
            for policy in [sandbox, .readOnly, .dangerFullAccess] {
                let type = try #require(policy.json["type"]?.stringValue)
                #expect(
                    keys(policy.json).subtracting(try schema.fields(definition: "SandboxPolicy", case: type)) == [],
                    "\(type)"
                )
            }
            #expect(
                keys(ToolCallRequest.result(text: "", isSuccess: true)).subtracting(
                    try schema.fields("DynamicToolCallResponse")
                ) == []
            )
        }

        @Test func `the fields that we read are there`() throws {
            let schema = try Schema()
            let read: [(String, Set<String>)] = [
                ("v2/TurnStartedNotification", ["threadId", "turn"]),
                ("v2/TurnCompletedNotification", ["threadId", "turn"]),
                ("v2/ItemStartedNotification", ["threadId", "turnId", "item"]),
                ("v2/ItemCompletedNotification", ["threadId", "turnId", "item"]),
                ("v2/ErrorNotification", ["threadId", "turnId", "error", "willRetry"]),
                ("v2/ThreadStatusChangedNotification", ["threadId", "status"]),
                ("v2/ThreadClosedNotification", ["threadId"]),
                ("v2/ThreadStartedNotification", ["thread"]),
                ("v2/ThreadTokenUsageUpdatedNotification", ["threadId", "turnId", "tokenUsage"]),
                ("v2/AccountRateLimitsUpdatedNotification", ["rateLimits"]),
                ("v2/WarningNotification", ["message", "threadId"]),
                ("v2/ConfigWarningNotification", ["summary", "details"]),
                ("v2/ServerRequestResolvedNotification", ["requestId", "threadId"]),
                ("v2/ThreadItemsListResponse", ["data", "nextCursor"]),
                ("v2/ThreadTurnsListResponse", ["data", "nextCursor"]),
                ("v2/ThreadLoadedListResponse", ["data", "nextCursor"]), ("v2/ThreadStartResponse", ["thread"]),
                ("v2/ThreadResumeResponse", ["thread"]), ("v2/ThreadReadResponse", ["thread"]),
                ("v2/TurnStartResponse", ["turn"]),
                ("v2/TurnSteerResponse", ["turnId"]), ("v2/GetAccountResponse", ["account", "requiresOpenaiAuth"]),
                ("v2/GetAccountRateLimitsResponse", ["rateLimits"]), ("v2/ModelListResponse", ["data"]),
                (
                    "CommandExecutionRequestApprovalParams",
                    ["threadId", "turnId", "itemId", "command", "cwd", "reason"]
                ), ("FileChangeRequestApprovalParams", ["threadId", "turnId", "itemId", "reason"]),
                ("PermissionsRequestApprovalParams", ["threadId", "turnId", "itemId", "cwd", "reason", "permissions"]),
                ("PermissionsRequestApprovalResponse", ["permissions", "scope"]),
                ("DynamicToolCallParams", ["threadId", "turnId", "callId", "tool", "arguments"]),
            ]
            for (name, fields) in read { #expect(fields.subtracting(try schema.fields(name)) == [], "\(name)") }
            let definitions: [(String, String?, Set<String>)] = [
                ("Turn", nil, ["id", "status", "error", "items", "startedAt", "completedAt", "durationMs"]),
                ("TurnError", nil, ["message", "additionalDetails", "codexErrorInfo"]),
                ("Thread", nil, ["id", "status", "cwd", "name", "model", "parentThreadId"]),
                ("ThreadItemEntry", nil, ["turnId", "item", "completedAtMs"]),
                ("ThreadItem", "userMessage", ["id", "clientId", "content"]),
                ("ThreadItem", "agentMessage", ["id", "text", "phase"]),
                (
                    "ThreadItem", "commandExecution",
                    ["id", "command", "cwd", "status", "exitCode", "aggregatedOutput", "durationMs"]
                ),
                ("ThreadItem", "fileChange", ["id", "changes", "status"]),
                ("ThreadItem", "dynamicToolCall", ["id", "tool", "arguments", "status", "success"]),
                ("ThreadItem", "reasoning", ["id", "summary"]), ("ThreadStatus", "active", ["activeFlags"]),
                ("RateLimitSnapshot", nil, ["primary", "secondary", "rateLimitReachedType", "planType"]),
                ("RateLimitWindow", nil, ["usedPercent", "windowDurationMins", "resetsAt"]),
                ("Model", nil, ["id", "displayName", "isDefault"]),
            ]
            for (name, type, fields) in definitions {
                #expect(
                    fields.subtracting(try schema.fields(definition: name, case: type)) == [],
                    "\(name) \(type ?? "")"
                )
            }
        }

        @Test func `the kinds of error that the hub classifies are there`() throws {
            let schema = try Schema()
            let all = try schema.file("codex_app_server_protocol.v2.schemas")
            let info = (all["definitions"] ?? all["$defs"])?["CodexErrorInfo"]?["anyOf"]?.arrayValue ?? []
            let words = info.flatMap { $0["enum"]?.arrayValue ?? [] }.compactMap(\.stringValue)
            let objects = info.flatMap { ($0["properties"]?.objectValue ?? [:]).keys }
            let known = Set(words + objects)
            for kind in [
                "usageLimitExceeded", "rateLimitExceeded", "serverOverloaded", "contextWindowExceeded", "unauthorized",
                "responseTooManyFailedAttempts", "responseStreamDisconnected", "httpConnectionFailed",
            ] {
                #expect(known.contains(kind), "\(kind)")
                #expect(TurnFailure(codexErrorInfo: kind) != .other, "\(kind)")
            }
        }
    }
}
