/// What one agent has consumed of what it may, with its check-ins.
///
/// All times are worked time in milliseconds (I6).
package struct BudgetState: Sendable, Hashable {
    package var workedMs: Int64
    package var budgetMs: Int64
    package var tokens: Int64
    package var tokensMax: Int64?
    package var checkinMs: Int64
    /// The next check-in is due when `workedMs` reaches this.
    package var checkinAtWorkedMs: Int64
    /// Nudges since the last report.
    package var nudges: Int
    /// Worked time since the agent's conversation last showed life.
    package var silentMs: Int64
    /// When a wrap-up was asked for.
    package var wrapUpAtWorkedMs: Int64?
    /// Time since the wrap-up was asked for and nothing was heard.
    package var wrapUpSilentMs: Int64

    /// A budget as stored.
    package init(
        workedMs: Int64 = 0,
        budgetMs: Int64,
        tokens: Int64 = 0,
        tokensMax: Int64? = nil,
        checkinMs: Int64,
        checkinAtWorkedMs: Int64? = nil,
        nudges: Int = 0,
        silentMs: Int64 = 0,
        wrapUpAtWorkedMs: Int64? = nil,
        wrapUpSilentMs: Int64 = 0
    ) {
        self.workedMs = workedMs
        self.budgetMs = budgetMs
        self.tokens = tokens
        self.tokensMax = tokensMax
        self.checkinMs = checkinMs
        self.checkinAtWorkedMs = checkinAtWorkedMs ?? checkinMs
        self.nudges = nudges
        self.silentMs = silentMs
        self.wrapUpAtWorkedMs = wrapUpAtWorkedMs
        self.wrapUpSilentMs = wrapUpSilentMs
    }

    /// Time left, never negative.
    package var leftMs: Int64 { max(0, budgetMs - workedMs) }

    /// Whether time or tokens are used up.
    package var isUsedUp: Bool { workedMs >= budgetMs || tokensMax.map { tokens >= $0 } ?? false }
}
