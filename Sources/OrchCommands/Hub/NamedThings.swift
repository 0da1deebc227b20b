import OrchCore
import OrchStore
import SQLite

/// Looks whether what a command names is there, before the hub is asked.
///
/// The hub looks again when it executes the command, and its word counts. This gives a mistyped name its own exit code and a hint at once,
/// even where the command would wait for a daemon.
enum NamedThings {
    /// Refuses a command whose issue, agent or approval is not there.
    static func check(_ kind: String, _ payload: [String: JSONValue], _ db: Connection) throws {
        let tables = HubTables(db)
        if let number = (payload["number"] ?? payload["issue"])?.intValue { try check(issue: Int(number), tables) }
        if kind != "agent.spawn", let name = (payload["agent"] ?? payload["to"])?.stringValue {
            try check(agent: name, tables)
        }
        if kind == "approval.decide", let id = payload["id"]?.intValue { try check(approval: id, tables) }
    }

    private static func check(issue number: Int, _ tables: HubTables) throws {
        guard try tables.issues.find(number) == nil else { return }
        throw CommandError(
            .notFound,
            "there is no issue #\(number)",
            hint: "`orch issue list --all` shows those that there are"
        )
    }

    private static func check(agent name: String, _ tables: HubTables) throws {
        // The daemon makes the orchestrator, and commands that wait may start more agents.
        guard name != "orchestrator", try tables.agents.live(named: name) == nil else { return }
        guard try tables.commands.pending(limit: 1).isEmpty else { return }
        let names = try tables.agents.allLive().map { SafeText.line($0.name) }.joined(separator: ", ")
        throw CommandError(
            .notFound,
            "there is no live agent \(SafeText.line(name))",
            hint: names.isEmpty ? "no agent is alive now; `orch query agents` shows those that were" : "alive: \(names)"
        )
    }

    private static func check(approval id: Int64, _ tables: HubTables) throws {
        guard try tables.approvals.find(id) == nil else { return }
        throw CommandError.noApproval(id)
    }
}
