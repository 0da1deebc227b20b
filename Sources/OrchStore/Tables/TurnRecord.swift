package import OrchCore
package import SQLite

/// A message to an agent at rest.
///
/// Columns of table `turn`; what they mean stands in `Migrations/m0001_init.sql`.
package struct TurnRecord: Sendable, Hashable {
    package var seq: Int64
    package var id: String
    package var agent: Int64
    package var conversation: Int64?
    package var kind: TurnKind
    package var status: TurnStatus
    package var steers: String?
    package var continues: String?
    package var prompt: String
    package var codexTurn: String?
    package var report: String?
    package var reportSummary: String?
    package var errorKind: String?
    package var error: String?
    package var tokens: Int64?
    package var notBeforeMs: Int64?
    package var createdAtMs: Int64
    package var submittedAtMs: Int64?
    package var startedAtMs: Int64?
    package var endedAtMs: Int64?
    package var workedMs: Int64

    /// The columns in the order that `init(row:)` reads.
    package static let columns = """
        seq, id, agent, conversation, kind, status, steers, continues, prompt, codex_turn, report,
        report_summary, error_kind, error, tokens, not_before_ms, created_at_ms, submitted_at_ms,
        started_at_ms, ended_at_ms, worked_ms
        """

    /// Reads one row of `columns`.
    package init(row: borrowing Row) throws {
        seq = try row.get(0)
        id = try row.get(1)
        agent = try row.get(2)
        conversation = try row.get(3)
        kind = try row.get(4)
        status = try row.get(5)
        steers = try row.get(6)
        continues = try row.get(7)
        prompt = try row.get(8)
        codexTurn = try row.get(9)
        report = try row.get(10)
        reportSummary = try row.get(11)
        errorKind = try row.get(12)
        error = try row.get(13)
        tokens = try row.get(14)
        notBeforeMs = try row.get(15)
        createdAtMs = try row.get(16)
        submittedAtMs = try row.get(17)
        startedAtMs = try row.get(18)
        endedAtMs = try row.get(19)
        workedMs = try row.get(20)
    }
}
