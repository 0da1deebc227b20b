import OrchCore
import OrchStore
import SQLite

/// A database in memory with a hub in the middle of its work: at least one row for each report, and one agent in each state.
enum ReportFixture {
    /// 2025-08-21T10:02:47.891Z, when it all began.
    static let start: Int64 = 1_755_770_567_891

    static func database() throws -> Connection {
        let db = try Connection(path: ":memory:", .readWrite(create: true))
        try Migrator(db).migrate(nowMs: start)
        try db.execute("PRAGMA foreign_keys = ON")
        try fill(db)
        return db
    }

    /// An empty database.
    static func empty() throws -> Connection {
        let db = try Connection(path: ":memory:", .readWrite(create: true))
        try Migrator(db).migrate(nowMs: start)
        return db
    }

    /// Of the bytes `abc`, and of one zero.
    static let report = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    static let log = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"

    static func fill(_ db: Connection) throws {
        try db.write {
            // Times are written as offsets from the start, in milliseconds.
            let script = sql.replacing(/@(\d+)/) { String(start + (Int64($0.output.1) ?? 0)) }
                .replacing("$REPORT", with: report).replacing("$LOG", with: log)
            try db.execute(script)
        }
    }

    private static let sql = #"""
        UPDATE hub SET wip = 20, state = 'running', pid = 77, epoch = 3, repository = '/r';

        INSERT INTO issue (number, title, body, author, phase, phase_since_ms, priority, branch, worktree, created_at_ms, updated_at_ms)
        VALUES (1, 'Parse the config', 'Goal: …', 'ann', 'running', @2000, 1, 'ai/iss-1-parse', '/r/.worktrees/iss-1', @0, @2000),
               (2, '漢字 and 🎉', '', 'bob', 'queued', @100, 5, NULL, NULL, @100, @100);
        INSERT INTO issue (number, title, author, phase, phase_since_ms, reason, attempts, created_at_ms, updated_at_ms)
        VALUES (3, 'Silent', 'ann', 'stalled', @6000, 'no report after 2 nudges', 0, @200, @6000),
               (4, 'Too long', 'ann', 'stalled', @7000, 'its budget is used up', 2, @300, @7000);
        INSERT INTO issue (number, title, author, state, phase, phase_since_ms, created_at_ms, updated_at_ms, closed_at_ms)
        VALUES (5, 'Old', 'ann', 'closed', 'done', @900, @400, @900, @900);
        INSERT INTO issue_label VALUES (1, 'orchestrate', 1, 1), (1, 'agent:running', 1, 0), (1, 'agent:queued', 0, 1), (2, 'priority:P5', 1, 1),
            (2, 'orchestrate', 1, 1);
        INSERT INTO issue_blocker VALUES (2, 9, 'label'), (2, 1, 'body'), (2, 1, 'label');
        INSERT INTO issue_comment VALUES (1, 1, 'ann', 'please hurry', NULL, @2100);

        INSERT INTO agent (id, name, role, issue, phase, phase_since_ms, reason, outcome, branch, worktree, failures, created_at_ms,
            last_event_ms, last_event, closed_at_ms)
        VALUES (1, 'orchestrator', 'orchestrator', NULL, 'ready', @500, NULL, NULL, NULL, NULL, 0, @500, @9000, 'turn completed', NULL),
               (2, 'iss_1', 'sub', 1, 'ready', @2000, NULL, NULL, 'ai/iss-1-parse', '/r/.worktrees/iss-1', 0, @2000, @8000, 'item', NULL),
               (3, 'iss_3', 'sub', 3, 'stalled', @6000, 'no report after 2 nudges', NULL, NULL, NULL, 1, @2001, @2500, 'started', NULL),
               (4, 'iss_4', 'sub', 4, 'closed', @7000, 'its budget is used up', 'budget', NULL, NULL, 0, @2002, @6900, 'item', @7000),
               (5, 'asks', 'sub', NULL, 'ready', @2003, NULL, NULL, NULL, NULL, 0, @2003, @8500, 'item', NULL),
               (6, 'idle_one', 'sub', NULL, 'ready', @2004, NULL, NULL, NULL, NULL, 0, @2004, @2004, 'created', NULL),
               (7, 'has_mail', 'sub', NULL, 'ready', @2005, NULL, NULL, NULL, NULL, 0, @2005, @2005, 'created', NULL),
               (8, 'misplaced', 'sub', NULL, 'parked', @8800, 'its worktree is on branch x', NULL, NULL, NULL, 0, @2006, @2006, 'created', NULL),
               (9, 'ends', 'sub', NULL, 'wrapping_up', @8900, NULL, NULL, NULL, NULL, 0, @2007, @2007, 'created', NULL),
               (10, 'begins', 'sub', NULL, 'starting', @2008, NULL, NULL, NULL, NULL, 0, @2008, @2008, 'created', NULL);
        INSERT INTO budget (agent, worked_ms, budget_ms, tokens, tokens_max, checkin_ms, checkin_at_worked_ms, nudges, silent_ms,
            wrap_up_at_worked_ms)
        VALUES (1, 0, 100000, 50, NULL, 100000, 100000, 0, 0, NULL), (2, 125000, 2700000, 4200, 100000, 600000, 600000, 0, 500, NULL),
               (3, 1800000, 2700000, 900, NULL, 600000, 2400000, 2, 1800000, NULL), (4, 2700000, 2700000, 70000, 70000, 600000, 3000000, 0, 0,
               2700000), (5, 1000, 2700000, 10, NULL, 600000, 600000, 0, 0, NULL);
        INSERT INTO conversation (id, agent, thread, state, has_rollout, cwd, created_at_ms)
        VALUES (1, 1, 'th-1', 'live', 1, '/r', @500), (2, 2, 'th-old', 'lost', 1, '/r', @2000), (3, 2, 'th-2', 'live', 1, '/r', @2100);

        INSERT INTO artifact_chunk VALUES ('$REPORT', 0, x'616263'), ('$LOG', 0, x'00');
        INSERT INTO artifact VALUES ('$REPORT', 3, 'identity', 3, @3000), ('$LOG', 1, 'identity', 1, @3100);

        INSERT INTO turn (seq, id, agent, conversation, kind, status, continues, prompt, codex_turn, report, report_summary, error_kind, error, tokens,
            created_at_ms, submitted_at_ms, started_at_ms, ended_at_ms, worked_ms)
        VALUES (1, 't-1', 2, 3, 'task', 'completed', NULL, 'do it', 'c-1', '$REPORT', 'Parsed it', NULL, NULL, 4000, @2200, @2210, @2220, @3000, 780),
               (2, 't-2', 2, 3, 'send', 'running', NULL, 'go on', 'c-2', NULL, NULL, NULL, NULL, 200, @3500, @3510, @3520, NULL, 124220),
               (3, 't-3', 3, NULL, 'task', 'interrupted', NULL, 'try', NULL, NULL, NULL, NULL, NULL, NULL, @2300, @2310, @2320, @4000, 0),
               (4, 't-4', 3, NULL, 'continue', 'failed', 't-3', 'again', NULL, NULL, NULL, 'temporary', 'server overloaded', 900, @4100, @4110, @4120, @5000, 0),
               (5, 't-5', 4, NULL, 'task', 'completed', NULL, 'long', NULL, NULL, 'Half of it', NULL, NULL, 70000, @2400, @2410, @2420, @6900, 2700000),
               (6, 't-6', 7, NULL, 'task', 'queued', NULL, 'wait', NULL, NULL, NULL, NULL, NULL, NULL, @86400000, NULL, NULL, NULL, 0);

        INSERT INTO decision (id, key, turn, source, verb, payload, status, reason, result, agent, issue, at_ms, settled_at_ms)
        VALUES (1, 'd/1/0', NULL, 'tool', 'spawn', '{"name":"iss_1","issue":1}', 'executed', NULL, 'iss_1', 2, 1, @1900, @1950),
               (2, 'd/1/1', NULL, 'block', 'fly', '{bad', 'refused', 'unknown verb `fly`', NULL, NULL, NULL, @1901, @1901),
               (3, 'd/2/0', NULL, 'block', 'close', '{"agent":"iss_4"}', 'suppressed', 'autopilot is off', NULL, 4, 4, @7100, @7100);

        INSERT INTO artifact_use VALUES (1, '$REPORT', 'report', 2, 1, 't-1', 'iss_1', @3000);

        INSERT INTO app_server (id, mode, state, token, started_at_ms) VALUES (1, 'socket', 'running', 'tok', @400);
        INSERT INTO approval (id, app_server, request, request_hash, agent, kind, summary, payload, status, decided_by, reason, at_ms,
            deadline_ms, decided_at_ms, answered)
        VALUES (1, 1, '7', 'h1', 5, 'command', 'rm -rf build', '{"command":["rm","-rf","build"]}', 'pending', NULL, NULL, @8500, @608500, NULL, 0),
               (2, 1, '8', 'h2', 2, 'command', 'curl x', '{}', 'denied', 'ann', 'no network', @8100, @608100, @8200, 1);

        INSERT INTO outbox (id, key, kind, lane, agent, issue, turn, payload, status, attempts, due_at_ms, epoch, error, created_at_ms,
            settled_at_ms)
        VALUES (1, 'turn.submit:t-1', 'turn.submit', 'agent:2', 2, 1, 't-1', '{"turn":"t-1"}', 'done', 1, @2200, 3, NULL, @2200, @2220),
               (2, 'label:3', 'labels.set', 'issue:3', NULL, 3, NULL, '{}', 'pending', 2, @9999, NULL, 'no answer', @6000, NULL);

        INSERT INTO gate VALUES (2, 'open', 1, 'the issue is open', '', @100), (2, 'blockers', 0, 'blocked by #1', '#1 done or closed', @150),
            (2, 'capacity', 0, '3 of 3 places taken', 'an agent ends', @160), (2, 'zeta', 1, 'of a newer orch', '', @170);

        INSERT INTO item (seq, turn, item, kind, status, summary, artifact, at_ms)
        VALUES (1, 't-2', 'i-1', 'agent_message', 'completed', 'zero', '$LOG', @3100);
        INSERT INTO stderr_line (id, source, line, at_ms) VALUES (1, 'app-server', 'ERROR bubblewrap', @600), (2, 'app-server', 'ready', @601);

        INSERT INTO event (seq, at_ms, kind, agent, issue, turn, data)
        VALUES (1, @500, 'hub.started', NULL, NULL, NULL, '{"epoch":3}'), (2, @2000, 'agent.created', 2, 1, NULL, '{"name":"iss_1"}'),
               (3, @2220, 'turn.running', 2, 1, 't-1', '{}'), (4, @5500, 'agent.nudged', 3, 3, NULL, '{"number":2}'),
               (5, @6000, 'agent.stalled', 3, 3, NULL, '{"reason":"no report after 2 nudges"}'),
               (6, @8500, 'item.completed', 5, NULL, NULL, '{"list":[1,2],"text":"ü"}');
        """#

    /// The rest of the log, as the hub would have written it: one event of each kind that the timeline tells of, all in one moment.
    static func tellMore(_ db: Connection) throws {
        let rows: [(kind: String, agent: Int64?, issue: Int?, turn: String?, data: String)] = [
            ("issue.created", nil, 1, nil, #"{"title":"Parse the config","author":"ann"}"#),
            ("issue.phase", nil, 1, nil, #"{"from":"none","to":"queued","reason":null}"#),
            ("issue.phase", nil, 1, nil, #"{"from":"queued","to":"running","reason":null}"#),
            ("agent.created", 2, 1, nil, #"{"name":"iss_1","role":"sub","branch":"ai/iss-1-parse"}"#),
            ("turn.running", 2, nil, "t-1", #"{"codex_turn":"c-1"}"#),
            ("turn.completed", 2, 1, "t-1", #"{"report":"x"}"#),
            ("turn.failed", 3, 3, "t-4", #"{"kind":"temporary","message":"server overloaded"}"#),
            ("decision.suppressed", 4, 4, nil, #"{"decision":3,"verb":"close","reason":"autopilot is off"}"#),
            ("approval.asked", 5, nil, nil, #"{"approval":1,"kind":"command","summary":"rm -rf build"}"#),
            ("approval.denied", 2, 1, nil, #"{"approval":2,"by":"ann","reason":"no network"}"#),
            ("issue.commented", nil, 1, nil, #"{"author":"ann"}"#),
            ("issue.phase", nil, 3, nil, #"{"from":"done","to":"done","reason":"nothing was committed"}"#),
            ("agent.closed", 4, 4, nil, #"{"outcome":"budget","reason":"its budget is used up"}"#),
            ("issue.closed", nil, 5, nil, "{}"), ("hub.stopped", nil, nil, nil, #"{"reason":"orch stop"}"#),
            ("item.reasoning", 2, 1, "t-1", #"{"text":"hm"}"#),
        ]
        try db.write {
            for row in rows {
                try db.run(
                    "INSERT INTO event (at_ms, kind, agent, issue, turn, data) VALUES (?, ?, ?, ?, ?, ?)",
                    start + (row.kind == "issue.commented" ? 2_100 : 9_000),
                    row.kind,
                    row.agent,
                    row.issue,
                    row.turn,
                    row.data
                )
            }
        }
    }
}
