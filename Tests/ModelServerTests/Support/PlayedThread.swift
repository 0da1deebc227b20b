import OrchCore

@testable import ModelServer

/// A Codex thread played in the test's own process: it asks the scenario, runs the commands with a shell, and keeps the history.
struct PlayedThread {
    let scenario: DemoScenario
    let folder: String
    let tools: [String]
    /// What the hub answers to a tool call.
    let toolAnswer = "done"
    private(set) var history: [HistoryItem] = []
    private(set) var calls: [ToolCall] = []

    init(_ scenario: DemoScenario, folder: String, tools: [String] = ["exec_command", "apply_patch"]) {
        self.scenario = scenario
        self.folder = folder
        self.tools = tools
    }

    /// Plays a turn to its last message, or until it is killed in the middle of a call.
    ///
    /// `killAfter` is how many calls finish before the one that is killed, which has its effect all the same; nil is no kill.
    mutating func turn(_ text: String, killAfter: Int? = nil) async throws -> String? {
        history.append(.user(text))
        let (folder, toolAnswer) = (folder, toolAnswer)
        for count in 0..<40 {
            let request = ModelRequest(thread: "t", ordinal: count, history: history, tools: tools)
            for step in scenario.respond(to: request).steps {
                switch step {
                case .reasoning: continue
                case .message(let text):
                    history.append(.assistant(text))
                    return text
                case .command(let command):
                    try await call("exec_command", command.arguments) {
                        try await Self.execute(command.command, folder)
                    }
                case .applyPatch(let patch):
                    try await call("apply_patch", .string(patch)) { try await Self.apply(patch, folder) }
                case .toolCall(let name, let arguments):
                    try await call(name, arguments) { toolAnswer }
                }
                guard count == killAfter, let last = calls.last else { continue }
                history[history.count - 1] = .output(ToolOutput(call: last.id, text: "aborted"))
                return nil
            }
        }
        return nil
    }

    /// Records a call and its output.
    private mutating func call(_ name: String, _ arguments: JSONValue, answer: () async throws -> String) async throws {
        let call = ToolCall(id: "call_\(history.count)", name: name, arguments: arguments)
        calls.append(call)
        history.append(.call(call))
        history.append(.output(ToolOutput(call: call.id, text: try await answer())))
    }

    private static func execute(_ command: String, _ folder: String) async throws -> String {
        let result = try await shell(command, in: folder)
        return
            "Chunk ID: 1\nWall time: 0.0000 seconds\nProcess exited with code \(result.exitCode)\nOutput:\n\(result.output)"
    }

    /// Adds the one file of a patch.
    private static func apply(_ patch: String, _ folder: String) async throws -> String {
        let lines = patch.split(separator: "\n", omittingEmptySubsequences: false)
        let path = lines.first { $0.hasPrefix("*** Add File: ") }?.dropFirst("*** Add File: ".count) ?? ""
        let text = lines.filter { $0.hasPrefix("+") }.map { $0.dropFirst() }.joined(separator: "\n")
        try await shell("mkdir -p \"$(dirname '\(path)')\"\ncat > '\(path)' <<'TEXT'\n\(text)\nTEXT", in: folder)
        return "Exit code: 0\nWall time: 0 seconds\nOutput:\nSuccess. Updated the following files:\nA \(path)\n"
    }
}
