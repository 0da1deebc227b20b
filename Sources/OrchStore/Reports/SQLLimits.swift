/// What a query that a person typed may cost.
package struct SQLLimits: Sendable, Hashable {
    /// Most rows of an answer; more are cut off and said to be.
    package var rows: Int
    /// Most time of one query, in milliseconds.
    package var timeMs: Int

    /// Limits: 10,000 rows and 10 seconds unless given.
    package init(rows: Int = 10_000, timeMs: Int = 10_000) {
        self.rows = rows
        self.timeMs = timeMs
    }
}
