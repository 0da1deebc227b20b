import OrchTestSupport
import SQLite
import Testing

/// What the hub asks at every step must not grow with what has long been settled.
struct QueryPlanTests {
    @Test(arguments: [
        "SELECT * FROM command WHERE status = 'pending' ORDER BY id LIMIT 10",
        """
        SELECT * FROM outbox o WHERE o.status = 'pending' AND o.due_at_ms <= 5 AND NOT EXISTS (
            SELECT 1 FROM outbox e WHERE e.lane = o.lane AND e.id < o.id AND e.status IN ('pending', 'performing'))
        ORDER BY o.id LIMIT 10
        """,
        "SELECT min(due_at_ms) FROM outbox WHERE status = 'pending' AND due_at_ms > 5",
        "UPDATE outbox SET status = 'pending' WHERE status = 'performing' AND epoch < 5",
        "SELECT * FROM turn WHERE status IN ('submitting', 'running') ORDER BY seq",
        "SELECT * FROM turn WHERE agent = 1 AND status IN ('submitting', 'running') AND steers IS NULL",
        "SELECT * FROM turn WHERE agent = 1 AND status = 'queued' ORDER BY seq LIMIT 1",
        "SELECT DISTINCT agent FROM turn WHERE status = 'queued' ORDER BY agent",
        "SELECT min(not_before_ms) FROM turn WHERE status = 'queued' AND not_before_ms > 5",
        "SELECT * FROM turn WHERE codex_turn = 'x' AND conversation = 1 AND steers IS NULL ORDER BY seq DESC LIMIT 1",
        "SELECT * FROM approval WHERE status = 'pending' AND (1 IS NULL OR agent = 1) ORDER BY id",
        "SELECT * FROM digest_entry WHERE digest IS NULL ORDER BY id LIMIT 10",
        "SELECT 1 FROM digest_entry WHERE agent = 1 AND kind = 'IDLE' AND at_ms >= 5 LIMIT 1",
        "SELECT * FROM agent WHERE issue = 1 AND phase <> 'closed'",
        "SELECT * FROM conversation WHERE state = 'live' AND thread IS NOT NULL ORDER BY id",
        "SELECT * FROM issue WHERE phase = 'queued' ORDER BY number",
        "SELECT * FROM item WHERE turn = 'x' AND kind = 'agent_message' AND status IS NOT NULL ORDER BY seq DESC LIMIT 1",
    ])
    func `No table is read from end to end`(sql: String) throws {
        let db = try TestStore.inMemory().db
        let plan: [String] = try db.query("EXPLAIN QUERY PLAN " + sql) { try $0.get(3) }
        for line in plan where line.hasPrefix("SCAN") {
            // Reading a partial index from end to end is reading what is open, and that is few.
            #expect(
                line.contains("_pending") || line.contains("agent_live"),
                "\(line), in \(sql): \(plan.joined(separator: "; "))"
            )
        }
    }
}
