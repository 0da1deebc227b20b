/// What a Decision-Ready Digest tells the orchestrator.
///
/// The roster is told each time, never trusted to its memory (P-27).
package struct DigestFacts: Sendable, Hashable {
    /// A live sub-agent.
    package struct Agent: Sendable, Hashable {
        package var name: String
        package var issue: Int?
        /// What it is doing: its phase, or better what its turns say (`working`, `waiting for a decision`).
        package var state: String
        package var workedMs: Int64
        package var budgetMs: Int64
        package var tokens: Int64
        package var tokensMax: Int64?
        /// The summary of its last report.
        package var lastReport: String?

        /// A row of the roster.
        package init(
            name: String,
            issue: Int?,
            state: String,
            workedMs: Int64,
            budgetMs: Int64,
            tokens: Int64,
            tokensMax: Int64? = nil,
            lastReport: String? = nil
        ) {
            self.name = name
            self.issue = issue
            self.state = state
            self.workedMs = workedMs
            self.budgetMs = budgetMs
            self.tokens = tokens
            self.tokensMax = tokensMax
            self.lastReport = lastReport
        }
    }

    /// An issue without an agent.
    package struct Waiting: Sendable, Hashable {
        package var issue: Int
        package var title: String
        package var priority: Int
        /// What it waits for: the first gate that does not pass.
        package var reason: String

        /// A row of the queue.
        package init(issue: Int, title: String, priority: Int, reason: String) {
            self.issue = issue
            self.title = title
            self.priority = priority
            self.reason = reason
        }
    }

    /// A new fact.
    package struct Entry: Sendable, Hashable {
        /// `AGENT_UPDATE`, `TIMEOUT_CHECKIN`, `STALLED`, `ARTIFACT`, `REFUSED` and the like.
        package var type: String
        /// Its fields; a field `type` in it does not count.
        package var data: JSONValue

        /// A fact.
        package init(type: String, data: JSONValue) {
            self.type = type
            self.data = data
        }
    }

    /// Counts digests from 1, so that one can be named.
    package var number: Int
    package var autopilot: Bool
    package var dangerous: Bool
    package var wipUsed: Int
    package var wipLimit: Int
    /// Why no new work is started (paused, usage limit), if so.
    package var held: String?
    package var agents: [Agent]
    package var queue: [Waiting]
    /// The new facts, oldest first.
    package var entries: [Entry]
    /// The most bytes of the whole digest.
    package var limit: Int

    /// The size of a digest when nobody says, in bytes.
    package static let standardLimit = 32 * 1024

    /// The facts of a digest.
    package init(
        number: Int,
        autopilot: Bool,
        dangerous: Bool,
        wipUsed: Int,
        wipLimit: Int,
        held: String? = nil,
        agents: [Agent],
        queue: [Waiting],
        entries: [Entry],
        limit: Int = standardLimit
    ) {
        self.number = number
        self.autopilot = autopilot
        self.dangerous = dangerous
        self.wipUsed = wipUsed
        self.wipLimit = wipLimit
        self.held = held
        self.agents = agents
        self.queue = queue
        self.entries = entries
        self.limit = limit
    }
}
