import OrchCore
import OrchStore

/// How the hub stands, on paper.
struct StatusSheet {
    let facts: StatusFacts
    let folder: OrchFolder
    let nowMs: Int64

    private var hub: HubRecord { facts.hub }

    /// Writes it.
    func write(to output: Output) throws {
        let rows: [(String, String)] = [
            ("hub", daemon(output)),
            ("repository", "\(folder.repository)\(hub.baseBranch.map { ", base branch \($0)" } ?? "")"),
            ("switches", switches(output)), ("settings", settings(output)), ("quota", quota(output)),
            ("GitHub", gitHub(output)),
            ("codex", server(output)), ("agents", agents), ("issues", issues), ("waiting", waiting),
        ]
        for (name, text) in rows where !text.isEmpty { try output.line(output.ink(.dim, Column.left(name, 12)) + text) }
        try list("needs you", facts.stalls.map(words), output)
        try list("blockers", facts.blockers.words, output)
    }

    private func daemon(_ output: Output) -> String {
        let who = "pid \(hub.pid ?? 0) on \(SafeText.line(hub.host ?? "?")), orch \(SafeText.line(hub.version ?? "?"))"
        switch facts.daemon {
        case .running:
            let since = hub.startedAtMs.map { ", up \(TimeText.length(nowMs - $0))" } ?? ""
            return output.ink(.green, "running") + " (\(who)\(since))"
        case .stopping: return output.ink(.yellow, "stopping") + " (\(who))"
        case .killed: return output.ink(.red, "killed") + " (\(who)); `orch daemon` takes up what it left"
        case .stopped:
            return hub.epoch == 0 ? "never started; `orch daemon` starts it" : "stopped; `orch daemon` starts it"
        }
    }

    private func switches(_ output: Output) -> String {
        let autopilot = "autopilot \(hub.autopilot ? "on" : "off")"
        let dangerous = hub.dangerous ? output.ink(.red, "dangerous: agents may do anything") : "agents are confined"
        let orchestrator = hub.orchestrator ? "orchestrator" : "no orchestrator"
        let paused =
            hub.paused ? output.ink(.yellow, "paused\(hub.pausedReason.map { ": \(SafeText.line($0))" } ?? "")") : nil
        return [paused, autopilot, orchestrator, dangerous].compactMap { $0 }.joined(separator: " · ")
    }

    private func quota(_ output: Output) -> String {
        guard let until = hub.quotaUntilMs, until > nowMs else { return "" }
        let reason = hub.quotaReason.map { " (\(SafeText.line($0)))" } ?? ""
        return output.ink(.yellow, "waiting for the account's usage limit until \(TimeText.clock(until))") + reason
    }

    private func gitHub(_ output: Output) -> String {
        let tracker = facts.tracker
        guard tracker.kind == "github" else { return "" }
        let name = tracker.repository.map { SafeText.line($0) } ?? "not seen yet"
        let since = tracker.sinceMs.map { " for \(TimeText.length(nowMs - $0))" } ?? ""
        switch tracker.state {
        case .ok:
            let who = tracker.login.map { " as \(SafeText.line($0))" } ?? ""
            let looked = tracker.polledAtMs.map { ", looked at \(TimeText.length(nowMs - $0)) ago" } ?? ""
            return "\(name)\(who)\(looked)"
        case .unknown: return "\(name), not looked at yet"
        case .unreachable, .unauthorized, .forbidden, .gone, .archived, .issuesOff:
            let state = output.ink(.red, tracker.state.rawValue.replacing("_", with: " "))
            return "\(name) is \(state)\(since)\(tracker.reason.map { ": \(SafeText.line($0))" } ?? "")"
        }
    }

    private func settings(_ output: Output) -> String {
        guard let problem = facts.settingsProblem else { return "" }
        return output.ink(.red, "WORKFLOW.md is wrong") + ", and the settings before hold: \(SafeText.line(problem))"
    }

    private func server(_ output: Output) -> String {
        guard let server = facts.server else { return "no app-server" }
        let name = "app-server \(SafeText.line(server.version ?? ""))"
        let process = "(\(server.mode), pid \(server.pid ?? 0))"
        guard facts.isServerAlive == false else { return "\(name) \(server.state) \(process)" }
        return "\(name) " + output.ink(.red, "gone") + " \(process); the daemon starts another"
    }

    /// Rows of one name, of which the first carries it: as many as a person reads.
    private func list(_ name: String, _ texts: [String], _ output: Output) throws {
        for (index, text) in texts.prefix(Self.mostRows).enumerated() {
            try output.line(output.ink(.dim, Column.left(index == 0 ? name : "", 12)) + SafeText.line(text))
        }
        guard texts.count > Self.mostRows else { return }
        try output.line(String(repeating: " ", count: 12) + "… and \(texts.count - Self.mostRows) more")
    }

    private static let mostRows = 8

    private func words(_ stall: StatusFacts.Stall) -> String {
        let why = stall.why.map { ": \($0)" } ?? ""
        let who = [stall.agent, stall.issue.map { "#\($0)" }].compactMap { $0 }.joined(separator: ", ")
        let ways = [
            stall.issue.map { "orch issue retry \($0)" } ?? stall.agent.map { "orch send \($0) \"go on\"" },
            stall.agent.flatMap { name in facts.agents.contains { $0.name == name } ? "orch agent close \(name)" : nil
            },
        ]
        return "\(who) \(stall.state)\(why) (\(ways.compactMap { $0 }.joined(separator: ", or ")))"
    }

    private var agents: String {
        let names = facts.agents.map { "\(SafeText.line($0.name)) \($0.state)" }.joined(separator: ", ")
        return "\(facts.wipUsed) of \(hub.wip) places taken" + (names.isEmpty ? "" : ": \(names)")
    }

    private var issues: String {
        let parts = IssuePhase.allCases.compactMap { phase in
            facts.issues[phase.rawValue].map { "\($0) \(phase == .none ? "not handed over" : phase.rawValue)" }
        }
        return parts.isEmpty ? "none open" : parts.joined(separator: ", ")
    }

    private var waiting: String {
        let words: [(String, String, String)] = [
            ("approvals", "request", "for permission (orch approvals)"), ("commands", "command", "for the daemon"),
            ("messages", "message", "to agents"), ("effects", "effect", "to be performed (orch query outbox)"),
            ("news", "fact", "for the orchestrator"),
        ]
        return words.compactMap { kind, one, rest in
            let count = facts.waiting[kind] ?? 0
            return count > 0 ? "\(count) \(one)\(count == 1 ? "" : "s") \(rest)" : nil
        }.joined(separator: ", ")
    }
}
