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
            ("switches", switches(output)), ("quota", quota(output)), ("codex", server), ("agents", agents),
            ("issues", issues),
            ("waiting", waiting),
        ]
        for (name, text) in rows where !text.isEmpty { try output.line(output.ink(.dim, Column.left(name, 12)) + text) }
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

    private var server: String {
        guard let server = facts.server else { return "no app-server" }
        return
            "app-server \(SafeText.line(server.version ?? "")) \(server.state) (\(server.mode), pid \(server.pid ?? 0))"
    }

    private var agents: String {
        let names = facts.agents.map { "\(SafeText.line($0.name)) \($0.state)" }.joined(separator: ", ")
        return "\(facts.wipUsed) of \(hub.wip) places taken" + (names.isEmpty ? "" : ": \(names)")
    }

    private var issues: String {
        let parts = IssuePhase.allCases.compactMap { phase in
            facts.issues[phase.rawValue].map { "\($0) \(phase == .none ? "not asked for" : phase.rawValue)" }
        }
        return parts.isEmpty ? "none open" : parts.joined(separator: ", ")
    }

    private var waiting: String {
        let words: [(String, String)] = [
            ("approvals", "requests for permission (orch approvals)"), ("commands", "commands for the daemon"),
            ("messages", "messages to agents"), ("effects", "effects"), ("news", "news for the orchestrator"),
        ]
        return words.compactMap { kind, text in
            let count = facts.waiting[kind] ?? 0
            return count > 0 ? "\(count) \(text)" : nil
        }.joined(separator: ", ")
    }
}
