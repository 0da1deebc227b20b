import OrchCore

/// What the demo's orchestrator wants done about one agent.
struct DemoDecision: Sendable, Hashable {
    /// The kinds of it.
    enum Verb: Sendable, Hashable {
        /// The work is complete.
        case close
        /// The work can't be completed.
        case giveUp
        /// The agent gets another message.
        case send(String)
    }

    /// Messages to one agent before it is given up.
    static let sendsMax = 3

    var agent: String
    var issue: Int?
    var verb: Verb
    /// The report that it is about.
    var artifact: String?
    /// Whether the agent's check failed.
    var isFailure: Bool

    /// The decision on a fact; nil if there is nothing to decide.
    ///
    /// - Parameters:
    ///   - event: the fact.
    ///   - sends: how many messages the agent got before.
    init?(_ event: DigestEvent, sends: Int) {
        guard event.type == "AGENT_UPDATE", let agent = event.agent else { return nil }
        let status = event.status.lowercased()
        isFailure = event.summary.hasPrefix(DemoTexts.checkFails)
        if isFailure || !status.hasPrefix("done") {
            guard !status.hasPrefix("blocked") else { return nil }
            let message =
                isFailure
                ? "\(DemoTexts.sentBack). \(event.summary.dropFirst(DemoTexts.checkFails.count + 2)). Make it pass, then commit and report."
                : "\(DemoTexts.goOn): what you have so far is fine."
            verb = sends < Self.sendsMax ? .send(message) : .giveUp
        } else {
            verb = .close
        }
        self.agent = agent
        issue = event.issue
        artifact = event.artifact
    }

    /// The verb as the hub calls it.
    var name: String {
        switch verb {
        case .close, .giveUp: "close"
        case .send: "send"
        }
    }

    /// Both ways of telling the hub are used: closes of odd issues and sends to even ones are tool calls, the rest blocks.
    var prefersTool: Bool {
        let isOdd = (issue ?? 0) % 2 == 1
        switch verb {
        case .close: return isOdd
        case .send: return !isOdd
        case .giveUp: return false
        }
    }

    /// The arguments, the same for a tool and a block.
    var arguments: JSONValue {
        switch verb {
        case .close: ["agent": .string(agent)]
        case .giveUp: ["agent": .string(agent), "outcome": "failed"]
        case .send(let text): ["to": .string(agent), "task": .string(text)]
        }
    }

    /// The lines of a control block: the decision, and for work that is sent back a word on the issue and the whole report.
    var controlLines: [JSONValue] {
        var lines: [JSONValue] = [.object([name: arguments])]
        guard isFailure, case .send = verb else { return lines }
        if let issue {
            lines.append([
                "status": ["issue": .integer(Int64(issue)), "text": "The check fails, so the work was sent back."]
            ])
        }
        if let artifact { lines.append(["fetch": ["artifact": .string(artifact), "max_chars": 2000]]) }
        return lines
    }

    /// A sentence for people.
    var sentence: String {
        switch verb {
        case .close: "`\(agent)` has finished: I close it."
        case .giveUp: "`\(agent)` does not get on: I close it as failed."
        case .send:
            isFailure ? "The check of `\(agent)` fails: I send it back." : "`\(agent)` has more to do: I let it go on."
        }
    }
}
