import Hub
import OrchCore
import OrchStore
import OrchTestSupport
import SQLite

/// Agents that have reported and wait: each with its issue, its worktree and a conversation.
///
/// Codex does not know their threads, in which nothing was said; so the daemon opens them anew when it starts.
struct IdleAgents {
    let count: Int

    func fill(_ folder: OrchFolder) throws {
        let nowMs = Moment.current().wallMs
        let db = try Store.open(folder, role: .client, nowMs: nowMs)
        let tables = HubTables(db)
        let rows = RowFactory(tables)
        try db.write {
            for number in 1...count {
                let name = "iss-\(number)"
                let made = try rows.agent(
                    name,
                    budget: BudgetState(budgetMs: 86_400_000, checkinMs: 86_400_000)
                )
                try tables.agents.setWorkspace(
                    made.id,
                    branch: "ai/\(name)",
                    worktree: "\(folder.repository)/.worktrees/\(name)"
                )
                let agent = try tables.agents.require(made.id)
                try rows.conversation(agent, thread: ThreadName.of(agent.id))
                try rows.turn("turn-\(number)", agent, status: .completed)
                try tables.agents.setLastEvent(agent.id, "turn completed", nowMs: nowMs)
            }
        }
    }
}
