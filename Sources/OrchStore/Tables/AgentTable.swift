package import OrchCore
import SQLite

/// The agents at rest, with their budgets.
package struct AgentTable {
    let db: Connection

    /// What is needed to create an agent.
    package struct New {
        package var name: String
        package var role: AgentRole
        package var issue: Int?
        package var branch: String?
        package var worktree: String?
        package var budget: BudgetState

        /// A new agent.
        package init(
            name: String,
            role: AgentRole,
            issue: Int?,
            branch: String?,
            worktree: String?,
            budget: BudgetState
        ) {
            self.name = name
            self.role = role
            self.issue = issue
            self.branch = branch
            self.worktree = worktree
            self.budget = budget
        }
    }

    /// Creates an agent that is starting, and its budget.
    package func create(_ new: New, nowMs: Int64) throws -> AgentRecord {
        try db.run(
            """
            INSERT INTO agent (name, role, issue, phase, phase_since_ms, branch, worktree, created_at_ms, last_event_ms, last_event)
            VALUES (?, ?, ?, 'starting', ?, ?, ?, ?, ?, 'created')
            """,
            new.name,
            new.role,
            new.issue,
            nowMs,
            new.branch,
            new.worktree,
            nowMs,
            nowMs
        )
        let id = db.lastInsertRowID
        let budget = new.budget
        try db.run(
            """
            INSERT INTO budget (agent, worked_ms, budget_ms, tokens, tokens_max, checkin_ms, checkin_at_worked_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            id,
            budget.workedMs,
            budget.budgetMs,
            budget.tokens,
            budget.tokensMax,
            budget.checkinMs,
            budget.checkinAtWorkedMs
        )
        return try require(id)
    }

    /// The agent with this id.
    package func find(_ id: Int64) throws -> AgentRecord? {
        try db.first("SELECT \(AgentRecord.columns) FROM agent WHERE id = ?", id) { try AgentRecord(row: $0) }
    }

    /// The agent with this id, which a foreign key promises.
    package func require(_ id: Int64) throws -> AgentRecord {
        guard let agent = try find(id) else { throw StoreError(.missingRow, "agent \(id) is not in the database") }
        return agent
    }

    /// The live agent of this name.
    package func live(named name: String) throws -> AgentRecord? {
        try db.first("SELECT \(AgentRecord.columns) FROM agent WHERE name = ? AND phase <> 'closed'", name) {
            try AgentRecord(row: $0)
        }
    }

    /// The live agent of an issue.
    package func live(issue: Int) throws -> AgentRecord? {
        try db.first("SELECT \(AgentRecord.columns) FROM agent WHERE issue = ? AND phase <> 'closed'", issue) {
            try AgentRecord(row: $0)
        }
    }

    /// The live orchestrator.
    package func orchestrator() throws -> AgentRecord? {
        try db.first("SELECT \(AgentRecord.columns) FROM agent WHERE role = 'orchestrator' AND phase <> 'closed'") {
            try AgentRecord(row: $0)
        }
    }

    /// The last agent that worked on an issue, live or closed.
    package func last(issue: Int) throws -> AgentRecord? {
        try db.first("SELECT \(AgentRecord.columns) FROM agent WHERE issue = ? ORDER BY id DESC LIMIT 1", issue) {
            try AgentRecord(row: $0)
        }
    }

    /// All live agents, oldest first.
    package func allLive() throws -> [AgentRecord] {
        try db.query("SELECT \(AgentRecord.columns) FROM agent WHERE phase <> 'closed' ORDER BY id") {
            try AgentRecord(row: $0)
        }
    }

    /// How many places of the WIP limit are taken.
    package func wipUsed() throws -> Int {
        try db.scalar("SELECT count(*) FROM agent WHERE role = 'sub' AND phase NOT IN ('resting', 'closed')") ?? 0
    }

    /// The names of the agents that hold a place and wait for a person, oldest first.
    package func waiting() throws -> [String] {
        try db.query("SELECT name FROM agent WHERE role = 'sub' AND phase = 'parked' ORDER BY id") { try $0.get(0) }
    }

    /// The resting agent of an issue.
    package func resting(issue: Int) throws -> AgentRecord? {
        try db.first("SELECT \(AgentRecord.columns) FROM agent WHERE issue = ? AND phase = 'resting'", issue) {
            try AgentRecord(row: $0)
        }
    }

    /// Moves an agent to another phase.
    package func setPhase(_ id: Int64, _ phase: AgentPhase, reason: String?, nowMs: Int64) throws {
        try db.run(
            "UPDATE agent SET phase = ?, reason = ?, phase_since_ms = ? WHERE id = ?",
            phase,
            reason,
            nowMs,
            id
        )
    }

    /// Ends an agent's run.
    package func close(_ id: Int64, outcome: AgentOutcome, reason: String?, nowMs: Int64) throws {
        try db.run(
            """
            UPDATE agent SET phase = 'closed', outcome = ?, reason = ?, phase_since_ms = ?, closed_at_ms = ? WHERE id = ?
            """,
            outcome,
            reason,
            nowMs,
            nowMs,
            id
        )
    }

    /// Records the worktree and branch that an agent got.
    package func setWorkspace(_ id: Int64, branch: String, worktree: String) throws {
        try db.run("UPDATE agent SET branch = ?, worktree = ? WHERE id = ?", branch, worktree, id)
    }

    /// Records what an agent was spawned with, besides its issue's charter.
    package func setBrief(_ id: Int64, _ brief: String) throws {
        try db.run("UPDATE agent SET brief = ? WHERE id = ?", brief, id)
    }

    /// Records a sign of life.
    package func setLastEvent(_ id: Int64, _ text: String, nowMs: Int64) throws {
        try db.run("UPDATE agent SET last_event_ms = ?, last_event = ? WHERE id = ?", nowMs, text, id)
    }

    /// Counts failed turns in a row.
    package func setFailures(_ id: Int64, _ count: Int) throws {
        try db.run("UPDATE agent SET failures = ? WHERE id = ?", count, id)
    }

    /// An agent's budget.
    package func budget(_ id: Int64) throws -> BudgetState {
        let found = try db.first(
            """
            SELECT worked_ms, budget_ms, tokens, tokens_max, checkin_ms, checkin_at_worked_ms, nudges, silent_ms,
                wrap_up_at_worked_ms, wrap_up_silent_ms FROM budget WHERE agent = ?
            """,
            id
        ) { row in
            try BudgetState(
                workedMs: row.get(0),
                budgetMs: row.get(1),
                tokens: row.get(2),
                tokensMax: row.get(3),
                checkinMs: row.get(4),
                checkinAtWorkedMs: row.get(5),
                nudges: row.get(6),
                silentMs: row.get(7),
                wrapUpAtWorkedMs: row.get(8),
                wrapUpSilentMs: row.get(9)
            )
        }
        guard let found else { throw StoreError(.missingRow, "agent \(id) has no budget row") }
        return found
    }

    /// Writes an agent's budget back.
    package func setBudget(_ id: Int64, _ budget: BudgetState) throws {
        try db.run(
            """
            UPDATE budget SET worked_ms = ?, budget_ms = ?, tokens = ?, tokens_max = ?, checkin_ms = ?,
                checkin_at_worked_ms = ?, nudges = ?, silent_ms = ?, wrap_up_at_worked_ms = ?, wrap_up_silent_ms = ?
            WHERE agent = ?
            """,
            budget.workedMs,
            budget.budgetMs,
            budget.tokens,
            budget.tokensMax,
            budget.checkinMs,
            budget.checkinAtWorkedMs,
            budget.nudges,
            budget.silentMs,
            budget.wrapUpAtWorkedMs,
            budget.wrapUpSilentMs,
            id
        )
    }
}
