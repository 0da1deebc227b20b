import OrchCore

extension IssueExplanation {
    /// The answer in a sentence.
    package var verdict: String {
        if let agent, agent.state != "resting" { return working(agent) }
        guard isOpen else {
            let reopening = isRemote ? "reopen it at GitHub" : "orch issue reopen \(number)"
            return "#\(number) is closed\(why); what would change it: \(reopening)"
        }
        let again = "orch issue retry \(number)"
        switch phase {
        case .none: return unasked
        case .queued, .running: return waiting
        case .review:
            let work = branch.map { "its branch \($0)" } ?? "its work"
            return "#\(number) waits for a review: merge \(work) and close it, or have it worked on again: \(again)"
        case .done: return "#\(number) is done\(why); to have it worked on again: \(again)"
        case .stalled: return "#\(number) is stalled\(why): it waits for a person; what would change it: \(again)"
        }
    }

    private var why: String { reason.map { " (\($0))" } ?? "" }

    private func working(_ agent: Agent) -> String {
        let told = agent.reason.map { " (\($0))" } ?? ""
        switch agent.state {
        case "stalled", "parked":
            return
                "#\(number) is \(phase.rawValue): its agent \(agent.name) is \(agent.state)\(told) and waits for a person; "
                + "what would change it: orch issue retry \(number), or orch agent close \(agent.name)"
        case "waiting_approval":
            return "#\(number) is \(phase.rawValue): agent \(agent.name) waits for a permission; "
                + "what would change it: orch approvals"
        default: return "#\(number) is \(phase.rawValue): agent \(agent.name) works on it and is \(agent.state)"
        }
    }

    /// Nobody handed it to the hub: what would.
    private var unasked: String {
        let changes = gates.filter { !$0.pass && ["orchestrated", "queued"].contains($0.gate) }.map(\.change)
        let both = isRemote ? "at GitHub" : "orch issue label \(number) --queue"
        return
            "#\(number) is not handed to the hub\(why); what would change it: \(changes.joined(separator: " and ")) (\(both))"
    }

    private var waiting: String {
        let state = "#\(number) is \(phase.rawValue)\(why)"
        let isDown = isHubRunning == false
        let closed = gates.filter { !$0.pass }
        guard let first = closed.first else {
            return state
                + (isDown
                    ? ": every gate is open, and no daemon runs; what would change it: orch daemon"
                    : ": every gate is open; it starts at the hub's next look")
        }
        let change = first.change.isEmpty ? "" : "; what would change it: \(first.change)"
        let others = closed.dropFirst().map { "`\($0.gate)`" }.joined(separator: ", ")
        return "\(state): gate `\(first.gate)` holds it, \(first.detail)\(change)"
            + (others.isEmpty ? "" : " (\(others) \(closed.count > 2 ? "hold" : "holds") it, too)")
            + (isDown ? "; and no daemon runs" : "")
    }
}
