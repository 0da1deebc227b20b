-- orch's data at rest, version 1. Everything that is true about a hub is in these tables; the daemon moves rows forward, all others read
-- them or insert into `command`. Times are integer milliseconds since 1970 UTC and end in _ms; durations are milliseconds too.

-- The hub itself: one row. `epoch` fences: each daemon start adds one, and every daemon write checks it (I1).
CREATE TABLE hub (
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    epoch           INTEGER NOT NULL DEFAULT 0 CHECK (epoch >= 0),
    state           TEXT NOT NULL DEFAULT 'stopped' CHECK (state IN ('running', 'stopping', 'stopped')),
    pid             INTEGER,
    host            TEXT,
    version         TEXT,
    repository      TEXT,                        -- the main worktree's root
    base_branch     TEXT,
    started_at_ms   INTEGER,
    heartbeat_at_ms INTEGER,                     -- last time a daemon was seen alive; downtime is measured from it
    autopilot       INTEGER NOT NULL DEFAULT 0 CHECK (autopilot IN (0, 1)),
    dangerous       INTEGER NOT NULL DEFAULT 0 CHECK (dangerous IN (0, 1)),
    orchestrator    INTEGER NOT NULL DEFAULT 1 CHECK (orchestrator IN (0, 1)),
    wip             INTEGER NOT NULL DEFAULT 3 CHECK (wip >= 0),
    paused          INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
    paused_reason   TEXT,
    quota_until_ms  INTEGER,                     -- the account's usage limit: no turn before this
    quota_reason    TEXT,
    told_suppressed INTEGER NOT NULL DEFAULT 0 CHECK (told_suppressed IN (0, 1)),
    settings        TEXT CHECK (settings IS NULL OR json_valid(settings))  -- the settings in force, for status and doctor
) STRICT;
INSERT INTO hub (id) VALUES (1);

-- An issue: the charter of one piece of work. `phase` is what the hub makes of it, `state` what the tracker says.
CREATE TABLE issue (
    number         INTEGER PRIMARY KEY CHECK (number > 0),
    title          TEXT NOT NULL,
    body           TEXT NOT NULL DEFAULT '',
    author         TEXT NOT NULL DEFAULT '',
    state          TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
    phase          TEXT NOT NULL DEFAULT 'none' CHECK (phase IN ('none', 'queued', 'running', 'review', 'done', 'stalled')),
    phase_since_ms INTEGER NOT NULL,
    reason         TEXT,                          -- why it is stalled, or what it waits for
    priority       INTEGER NOT NULL DEFAULT 5 CHECK (priority BETWEEN 0 AND 9),
    branch         TEXT,
    worktree       TEXT,
    base_commit    TEXT,
    head_commit    TEXT,
    attempts       INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),   -- failed runs; reset by a person's retry
    retry_at_ms    INTEGER,
    created_at_ms  INTEGER NOT NULL,
    updated_at_ms  INTEGER NOT NULL,
    closed_at_ms   INTEGER,
    CHECK ((state = 'closed') = (closed_at_ms IS NOT NULL))
) STRICT;
CREATE INDEX issue_phase ON issue (phase, priority, created_at_ms);

-- Labels are levels: what the hub wants against what was last observed in the tracker.
CREATE TABLE issue_label (
    issue    INTEGER NOT NULL REFERENCES issue (number),
    name     TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    wanted   INTEGER NOT NULL CHECK (wanted IN (0, 1)),
    observed INTEGER NOT NULL CHECK (observed IN (0, 1)),
    PRIMARY KEY (issue, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX issue_label_unsettled ON issue_label (issue) WHERE wanted <> observed;

CREATE TABLE issue_blocker (
    issue   INTEGER NOT NULL REFERENCES issue (number),
    blocker INTEGER NOT NULL,
    source  TEXT NOT NULL CHECK (source IN ('body', 'label', 'native')),
    PRIMARY KEY (issue, blocker, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE issue_comment (
    id         INTEGER PRIMARY KEY,
    issue      INTEGER NOT NULL REFERENCES issue (number),
    author     TEXT NOT NULL,
    body       TEXT NOT NULL,
    marker     TEXT UNIQUE,                       -- the outbox key of a comment that orch wrote: a second write of it changes nothing (I4)
    at_ms      INTEGER NOT NULL
) STRICT;
CREATE INDEX issue_comment_issue ON issue_comment (issue, id);

-- An agent: one run of one worker on one issue, or the orchestrator. What it is doing right now is derived from its turns.
CREATE TABLE agent (
    id             INTEGER PRIMARY KEY,
    name           TEXT NOT NULL,
    role           TEXT NOT NULL CHECK (role IN ('orchestrator', 'sub')),
    issue          INTEGER REFERENCES issue (number),
    phase          TEXT NOT NULL CHECK (phase IN ('starting', 'ready', 'wrapping_up', 'stalled', 'parked', 'closed')),
    phase_since_ms INTEGER NOT NULL,
    reason         TEXT,                          -- why stalled, parked or closed
    outcome        TEXT CHECK (outcome IN ('done', 'failed', 'budget', 'cancelled')),
    branch         TEXT,
    worktree       TEXT,
    failures       INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),   -- failed turns in a row
    created_at_ms  INTEGER NOT NULL,
    last_event_ms  INTEGER NOT NULL,              -- last sign of life from its conversation
    last_event     TEXT,
    closed_at_ms   INTEGER,
    CHECK ((phase = 'closed') = (closed_at_ms IS NOT NULL)),
    CHECK (role = 'sub' OR issue IS NULL)
) STRICT;
CREATE UNIQUE INDEX agent_live_name ON agent (name) WHERE phase <> 'closed';
CREATE UNIQUE INDEX agent_live_issue ON agent (issue) WHERE phase <> 'closed' AND issue IS NOT NULL;  -- I2
CREATE INDEX agent_issue ON agent (issue, id);

-- Consumed and allowed time and tokens of one agent (I6): owned by the run, never rebuilt from the configuration.
CREATE TABLE budget (
    agent             INTEGER PRIMARY KEY REFERENCES agent (id),
    worked_ms         INTEGER NOT NULL DEFAULT 0 CHECK (worked_ms >= 0),
    budget_ms         INTEGER NOT NULL CHECK (budget_ms > 0),
    tokens            INTEGER NOT NULL DEFAULT 0 CHECK (tokens >= 0),
    tokens_max        INTEGER CHECK (tokens_max > 0),
    checkin_ms        INTEGER NOT NULL CHECK (checkin_ms > 0),
    checkin_at_worked_ms INTEGER NOT NULL CHECK (checkin_at_worked_ms >= 0),  -- the next check-in is due at this worked time
    nudges            INTEGER NOT NULL DEFAULT 0 CHECK (nudges >= 0),          -- since the last report
    silent_ms         INTEGER NOT NULL DEFAULT 0 CHECK (silent_ms >= 0),       -- worked time since the last sign of life
    wrap_up_at_worked_ms INTEGER,                 -- when a wrap-up was asked for
    wrap_up_silent_ms INTEGER NOT NULL DEFAULT 0 CHECK (wrap_up_silent_ms >= 0)
) STRICT;
CREATE TRIGGER budget_never_down BEFORE UPDATE OF worked_ms, tokens ON budget
WHEN NEW.worked_ms < OLD.worked_ms OR NEW.tokens < OLD.tokens
BEGIN SELECT RAISE(ABORT, 'I6: consumed time and tokens never go down'); END;

-- A Codex app-server process that the hub started. Only a process proven to be this one is ever ended.
CREATE TABLE app_server (
    id            INTEGER PRIMARY KEY,
    mode          TEXT NOT NULL CHECK (mode IN ('socket', 'stdio')),
    state         TEXT NOT NULL CHECK (state IN ('starting', 'running', 'ended')),
    token         TEXT NOT NULL UNIQUE,           -- in its environment: finds it after a crash between launch and recording
    socket        TEXT,
    pid           INTEGER,
    start_time    INTEGER,                        -- clock ticks since boot, /proc/PID/stat field 22
    boot_id       TEXT,
    version       TEXT,
    reason        TEXT,
    started_at_ms INTEGER NOT NULL,
    ended_at_ms   INTEGER,
    CHECK ((state = 'ended') = (ended_at_ms IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX app_server_live ON app_server (state) WHERE state <> 'ended';

-- A Codex thread. It belongs to one agent for ever (I2).
CREATE TABLE conversation (
    id            INTEGER PRIMARY KEY,
    agent         INTEGER NOT NULL REFERENCES agent (id),
    thread        TEXT UNIQUE,                    -- NULL until Codex has answered thread/start
    state         TEXT NOT NULL CHECK (state IN ('starting', 'live', 'lost', 'closed')),
    has_rollout   INTEGER NOT NULL DEFAULT 0 CHECK (has_rollout IN (0, 1)),  -- a first turn was accepted: it can be resumed
    cwd           TEXT NOT NULL,
    tokens_seen   INTEGER NOT NULL DEFAULT 0 CHECK (tokens_seen >= 0),       -- the absolute total last reported by Codex
    created_at_ms INTEGER NOT NULL,
    lost_reason   TEXT
) STRICT;
CREATE UNIQUE INDEX conversation_current ON conversation (agent) WHERE state IN ('starting', 'live');

-- A message to an agent. `id` is the clientUserMessageId: Codex does not de-duplicate, so it is how we find out what arrived.
CREATE TABLE turn (
    seq             INTEGER PRIMARY KEY,
    id              TEXT NOT NULL UNIQUE,
    agent           INTEGER NOT NULL REFERENCES agent (id),
    conversation    INTEGER REFERENCES conversation (id),
    kind            TEXT NOT NULL CHECK (kind IN ('task', 'send', 'nudge', 'wrap_up', 'digest', 'continue')),
    status          TEXT NOT NULL CHECK (status IN
                        ('queued', 'submitting', 'running', 'steered', 'completed', 'interrupted', 'failed', 'refused', 'cancelled')),
    steers          TEXT REFERENCES turn (id),    -- the running turn that this message was put into
    continues       TEXT REFERENCES turn (id),    -- the interrupted turn that this one goes on with
    prompt          TEXT NOT NULL,
    codex_turn      TEXT,
    report          TEXT,                         -- artifact id of its last message
    report_summary  TEXT,
    error_kind      TEXT,
    error           TEXT,
    tokens          INTEGER,                      -- NULL: not measured
    not_before_ms   INTEGER,
    created_at_ms   INTEGER NOT NULL,
    submitted_at_ms INTEGER,
    started_at_ms   INTEGER,
    ended_at_ms     INTEGER,
    worked_ms       INTEGER NOT NULL DEFAULT 0 CHECK (worked_ms >= 0)
) STRICT;
CREATE UNIQUE INDEX turn_active ON turn (agent) WHERE status IN ('submitting', 'running') AND steers IS NULL;
CREATE UNIQUE INDEX turn_continues ON turn (continues) WHERE continues IS NOT NULL;   -- an interrupted turn is continued once
CREATE INDEX turn_agent ON turn (agent, seq);
CREATE INDEX turn_open ON turn (status, agent) WHERE status IN ('queued', 'submitting', 'running');
CREATE INDEX turn_codex ON turn (codex_turn) WHERE codex_turn IS NOT NULL;

-- What a conversation produced, each item once however often Codex tells us of it.
CREATE TABLE item (
    turn     TEXT NOT NULL REFERENCES turn (id),
    item     TEXT NOT NULL,
    kind     TEXT NOT NULL,
    status   TEXT,
    summary  TEXT,
    artifact TEXT,
    at_ms    INTEGER NOT NULL,
    PRIMARY KEY (turn, item)
) STRICT, WITHOUT ROWID;

-- A fact that the orchestrator has not been told of yet (digest NULL), or was told of in that turn.
CREATE TABLE digest_entry (
    id      INTEGER PRIMARY KEY,
    kind    TEXT NOT NULL,
    agent   INTEGER REFERENCES agent (id),
    issue   INTEGER REFERENCES issue (number),
    data    TEXT NOT NULL CHECK (json_valid(data)),
    at_ms   INTEGER NOT NULL,
    digest  TEXT REFERENCES turn (id)
) STRICT;
CREATE INDEX digest_entry_pending ON digest_entry (id) WHERE digest IS NULL;
CREATE INDEX digest_entry_digest ON digest_entry (digest) WHERE digest IS NOT NULL;

-- One control block or tool call of the orchestrator. `key` makes it happen once: turn/item/index.
CREATE TABLE decision (
    id             INTEGER PRIMARY KEY,
    key            TEXT NOT NULL UNIQUE,
    turn           TEXT REFERENCES turn (id),
    source         TEXT NOT NULL CHECK (source IN ('block', 'tool')),
    verb           TEXT NOT NULL,
    payload        TEXT NOT NULL,
    status         TEXT NOT NULL CHECK (status IN ('proposed', 'executed', 'suppressed', 'refused', 'failed')),
    reason         TEXT,
    result         TEXT,
    agent          INTEGER REFERENCES agent (id),
    issue          INTEGER REFERENCES issue (number),
    at_ms          INTEGER NOT NULL,
    settled_at_ms  INTEGER
) STRICT;
CREATE INDEX decision_at ON decision (at_ms);

-- Content addressed by SHA-256 (I8): bytes are stored before the row that uses them. Chunks are at most 1 MiB.
CREATE TABLE artifact (
    id            TEXT PRIMARY KEY CHECK (length(id) = 64 AND id NOT GLOB '*[^0-9a-f]*'),
    size          INTEGER NOT NULL CHECK (size >= 0),
    encoding      TEXT NOT NULL CHECK (encoding IN ('identity', 'zstd')),
    stored_size   INTEGER NOT NULL CHECK (stored_size >= 0),
    created_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE artifact_chunk (
    artifact TEXT NOT NULL REFERENCES artifact (id),
    ordinal  INTEGER NOT NULL CHECK (ordinal >= 0),
    bytes    BLOB NOT NULL CHECK (length(bytes) <= 1048576),
    PRIMARY KEY (artifact, ordinal)
) STRICT;
CREATE TRIGGER artifact_chunk_immutable BEFORE UPDATE ON artifact_chunk
BEGIN SELECT RAISE(ABORT, 'I8: the bytes of an artifact never change'); END;
CREATE TABLE artifact_use (
    id       INTEGER PRIMARY KEY,
    artifact TEXT NOT NULL REFERENCES artifact (id),
    kind     TEXT NOT NULL CHECK (kind IN ('report', 'log', 'diff', 'exec', 'note', 'message')),
    agent    INTEGER REFERENCES agent (id),
    issue    INTEGER REFERENCES issue (number),
    turn     TEXT REFERENCES turn (id),
    name     TEXT,
    at_ms    INTEGER NOT NULL
) STRICT;
CREATE INDEX artifact_use_artifact ON artifact_use (artifact);
CREATE UNIQUE INDEX artifact_use_report ON artifact_use (turn) WHERE kind = 'report';   -- a report is stored once

-- A request of Codex that policy or a person answers. Bound to the exact request by server, request id and hash.
CREATE TABLE approval (
    id            INTEGER PRIMARY KEY,
    app_server    INTEGER NOT NULL REFERENCES app_server (id),
    request       TEXT NOT NULL,                  -- the JSON-RPC id, per server process
    request_hash  TEXT NOT NULL,
    agent         INTEGER NOT NULL REFERENCES agent (id),
    turn          TEXT REFERENCES turn (id),
    item          TEXT,
    kind          TEXT NOT NULL,
    summary       TEXT NOT NULL,
    payload       TEXT NOT NULL CHECK (json_valid(payload)),
    status        TEXT NOT NULL CHECK (status IN ('pending', 'approved', 'denied', 'expired', 'lost')),
    answered      INTEGER NOT NULL DEFAULT 0 CHECK (answered IN (0, 1)),
    decided_by    TEXT,
    reason        TEXT,
    at_ms         INTEGER NOT NULL,
    deadline_ms   INTEGER NOT NULL,
    decided_at_ms INTEGER,
    UNIQUE (app_server, request, request_hash),
    CHECK ((status = 'pending') = (decided_at_ms IS NULL)),
    CHECK (status <> 'approved' OR decided_by IS NOT NULL)                    -- I9: somebody approved it
) STRICT;
CREATE INDEX approval_pending ON approval (deadline_ms) WHERE status = 'pending';

-- What people ask of the hub. Inserted by any process, executed by the daemon, in order, once.
CREATE TABLE command (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    kind          TEXT NOT NULL,
    payload       TEXT NOT NULL CHECK (json_valid(payload)),
    source        TEXT NOT NULL,
    status        TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'done', 'refused', 'failed')),
    result        TEXT CHECK (result IS NULL OR json_valid(result)),
    error         TEXT,
    created_at_ms INTEGER NOT NULL,
    settled_at_ms INTEGER,
    CHECK ((status = 'pending') = (settled_at_ms IS NULL))
) STRICT;
CREATE INDEX command_pending ON command (id) WHERE status = 'pending';

-- Effects on the world: a row first, then the deed, then the settling (I4). Rows of one lane are performed one at a time, in order.
CREATE TABLE outbox (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    key           TEXT NOT NULL UNIQUE,
    kind          TEXT NOT NULL,
    lane          TEXT NOT NULL,
    agent         INTEGER REFERENCES agent (id),
    issue         INTEGER REFERENCES issue (number),
    turn          TEXT REFERENCES turn (id),
    payload       TEXT NOT NULL CHECK (json_valid(payload)),
    status        TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'performing', 'done', 'failed', 'cancelled')),
    attempts      INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    due_at_ms     INTEGER NOT NULL,
    epoch         INTEGER,                        -- which daemon is performing it
    result        TEXT,
    error         TEXT,
    created_at_ms INTEGER NOT NULL,
    settled_at_ms INTEGER,
    CHECK ((status IN ('done', 'failed', 'cancelled')) = (settled_at_ms IS NOT NULL))
) STRICT;
CREATE INDEX outbox_open ON outbox (lane, id) WHERE status IN ('pending', 'performing');
CREATE TRIGGER outbox_settled_stays BEFORE UPDATE OF status ON outbox WHEN OLD.status = 'done'
BEGIN SELECT RAISE(ABORT, 'I4: what was done is not done again'); END;

-- Why an issue is (not) running: the result of each gate, stored when it changes.
CREATE TABLE gate (
    issue    INTEGER NOT NULL REFERENCES issue (number),
    gate     TEXT NOT NULL,
    pass     INTEGER NOT NULL CHECK (pass IN (0, 1)),
    detail   TEXT NOT NULL,
    change   TEXT NOT NULL,                       -- what would change it
    since_ms INTEGER NOT NULL,
    PRIMARY KEY (issue, gate)
) STRICT, WITHOUT ROWID;

-- The log of what happened, append only. A change of state and its event are one transaction (I5).
CREATE TABLE event (
    seq   INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    kind  TEXT NOT NULL,
    agent INTEGER,
    issue INTEGER,
    turn  TEXT,
    data  TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(data))
) STRICT;
CREATE INDEX event_kind_at ON event (kind, at_ms);
CREATE INDEX event_agent ON event (agent, seq) WHERE agent IS NOT NULL;
CREATE INDEX event_issue ON event (issue, seq) WHERE issue IS NOT NULL;
CREATE TRIGGER event_append_only_update BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'I5: the event log is append only'); END;
CREATE TRIGGER event_append_only_delete BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'I5: the event log is append only'); END;

CREATE TABLE stderr_line (
    id     INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    line   TEXT NOT NULL,
    at_ms  INTEGER NOT NULL
) STRICT;
