import OrchCore

/// The orchestrator of the demo: closes what is done, sends back what fails its check, lets go on what is not complete.
///
/// It reads its whole conversation each time: a fact asks for a decision until a call or a block in the conversation shows
/// that it was taken. A call that was cut off shows nothing; it is decided again with a block.
struct DemoOrchestrator {
    private struct Key: Hashable {
        var agent: String
        var artifact: String?
    }

    private let tools: Set<String>
    /// What is still to be decided, oldest first.
    private var open: [DemoDecision] = []
    /// What was decided by calls in this turn.
    private var taken: [DemoDecision] = []
    private var decided: Set<Key> = []
    private var sends: [String: Int] = [:]
    /// The newest report of each agent.
    private var updates: [String: DigestEvent] = [:]
    /// Agents for which a call was cut off.
    private var cutOff: Set<String> = []

    init(_ request: ModelRequest) {
        tools = Set(request.tools)
        for item in request.history {
            switch item {
            case .user(let text): hear(text)
            case .assistant(let text): said(text)
            case .call: break
            case .output(let output): if let call = request.call(of: output) { came(output, of: call) }
            }
        }
    }

    /// The next tool call, or the closing words with the blocks.
    var response: ModelResponse {
        if let next = open.first(where: { isByTool($0) }) {
            return ModelResponse([.toolCall(name: "orch_\(next.name)", arguments: next.arguments)])
        }
        guard !open.isEmpty || !taken.isEmpty else {
            return .message("Noted. There is nothing to decide: the agents go on.")
        }
        let words = (taken + open).map(\.sentence).joined(separator: "\n")
        let lines = open.flatMap(\.controlLines).map(\.canonicalText)
        guard !lines.isEmpty else { return .message(words) }
        return .message("\(words)\n\n```control\n\(lines.joined(separator: "\n"))\n```")
    }

    private func isByTool(_ decision: DemoDecision) -> Bool {
        decision.prefersTool && tools.contains("orch_\(decision.name)") && !cutOff.contains(decision.agent)
    }

    private mutating func hear(_ text: String) {
        taken = []
        let isRepeated = DemoTexts.isContinuation(text)
        for fact in DigestEvent.events(in: text) {
            guard let agent = fact.agent, let event = report(fact, of: agent) else { continue }
            let key = Key(agent: agent, artifact: event.artifact)
            if isRepeated, decided.contains(key) { continue }
            guard let decision = DemoDecision(event, sends: sends[agent] ?? 0) else { continue }
            decided.remove(key)
            open.removeAll { $0.agent == agent }
            open.append(decision)
        }
    }

    /// The report that a fact is about: its own, or for an agent that waits idly the one that it waits with.
    private mutating func report(_ fact: DigestEvent, of agent: String) -> DigestEvent? {
        switch fact.type {
        case "AGENT_UPDATE":
            updates[agent] = fact
            return fact
        case "IDLE": return updates[agent]
        default: return nil
        }
    }

    /// A message of its own: its blocks were decisions.
    private mutating func said(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix("{") {
            // Its own blocks are lines of JSON; anything else is prose.
            guard let value = try? JSONValue(parsing: line) else { continue }
            if let agent = value["close"]?["agent"]?.stringValue { settle(agent, isSend: false) }
            if let agent = value["send"]?["to"]?.stringValue { settle(agent, isSend: true) }
        }
        taken = []
    }

    private mutating func came(_ output: ToolOutput, of call: ToolCall) {
        let isSend = call.name == "orch_send"
        guard isSend || call.name == "orch_close", let agent = call.arguments[isSend ? "to" : "agent"]?.stringValue
        else { return }
        if output.isAborted {
            cutOff.insert(agent)
        } else {
            settle(agent, isSend: isSend)
        }
    }

    private mutating func settle(_ agent: String, isSend: Bool) {
        if isSend { sends[agent, default: 0] += 1 }
        cutOff.remove(agent)
        guard let index = open.firstIndex(where: { $0.agent == agent }) else { return }
        let decision = open.remove(at: index)
        decided.insert(Key(agent: agent, artifact: decision.artifact))
        taken.append(decision)
    }
}
