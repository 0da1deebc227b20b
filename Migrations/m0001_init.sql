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
CREATE TRIGGER hub_epoch_grows BEFORE UPDATE OF epoch ON hub WHEN NEW.epoch < OLD.epoch
BEGIN SELECT RAISE(ABORT, 'I1: the epoch never goes down'); END;
CREATE TRIGGER hub_stays BEFORE DELETE ON hub
BEGIN SELECT RAISE(ABORT, 'I1: the row of the hub is never deleted'); END;

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
CREATE INDEX issue_open ON issue (number) WHERE state = 'open';
CREATE TRIGGER issue_stays BEFORE DELETE ON issue
BEGIN SELECT RAISE(ABORT, 'I3: an issue is closed, never deleted'); END;

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
    phase          TEXT NOT NULL CHECK (phase IN ('starting', 'ready', 'wrapping_up', 'stalled', 'parked', 'resting', 'closed')),
    phase_since_ms INTEGER NOT NULL,
    reason         TEXT,                          -- why stalled, parked, resting or closed
    outcome        TEXT CHECK (outcome IN ('done', 'failed', 'budget', 'cancelled')),
    branch         TEXT,
    worktree       TEXT,
    failures       INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),   -- failed turns in a row
    created_at_ms  INTEGER NOT NULL,
    last_event_ms  INTEGER NOT NULL,              -- last sign of life from its conversation
    last_event     TEXT,
    brief          TEXT,                          -- what it was spawned with, besides its issue's charter
    closed_at_ms   INTEGER,
    CHECK ((phase = 'closed') = (closed_at_ms IS NOT NULL)),
    CHECK (role = 'sub' OR issue IS NULL)
) STRICT;
CREATE UNIQUE INDEX agent_live_name ON agent (name) WHERE phase <> 'closed';
CREATE UNIQUE INDEX agent_live_issue ON agent (issue) WHERE phase <> 'closed' AND issue IS NOT NULL;  -- I2
CREATE UNIQUE INDEX agent_live_orchestrator ON agent (role) WHERE phase <> 'closed' AND role = 'orchestrator';
CREATE INDEX agent_issue ON agent (issue, id);
CREATE TRIGGER agent_wip BEFORE INSERT ON agent
WHEN NEW.role = 'sub' AND NEW.phase NOT IN ('resting', 'closed')
    AND (SELECT count(*) FROM agent WHERE role = 'sub' AND phase NOT IN ('resting', 'closed')) >= (SELECT wip FROM hub)
BEGIN SELECT RAISE(ABORT, 'I7: all places of the WIP limit are taken'); END;
CREATE TRIGGER agent_wip_wake BEFORE UPDATE OF phase ON agent
WHEN OLD.phase = 'resting' AND NEW.phase NOT IN ('resting', 'closed') AND NEW.role = 'sub'
    AND (SELECT count(*) FROM agent WHERE role = 'sub' AND phase NOT IN ('resting', 'closed')) >= (SELECT wip FROM hub)
BEGIN SELECT RAISE(ABORT, 'I7: all places of the WIP limit are taken'); END;
CREATE TRIGGER agent_closed_stays BEFORE UPDATE OF phase ON agent WHEN OLD.phase = 'closed' AND NEW.phase <> 'closed'
BEGIN SELECT RAISE(ABORT, 'I2: a closed agent is never opened again'); END;
CREATE TRIGGER agent_identity BEFORE UPDATE OF id, name, role, issue ON agent
WHEN NEW.id <> OLD.id OR NEW.name <> OLD.name OR NEW.role <> OLD.role OR NEW.issue IS NOT OLD.issue
BEGIN SELECT RAISE(ABORT, 'I2: an agent keeps its name, its role and its issue'); END;
CREATE TRIGGER agent_stays BEFORE DELETE ON agent
BEGIN SELECT RAISE(ABORT, 'I3: an agent is closed, never deleted'); END;

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
CREATE TRIGGER budget_stays BEFORE DELETE ON budget
BEGIN SELECT RAISE(ABORT, 'I6: a budget is never deleted'); END;

-- A Codex app-server process that the hub started. Only a process proven to be this one is ever ended.
CREATE TABLE app_server (
    id            INTEGER PRIMARY KEY,
    mode          TEXT NOT NULL CHECK (mode IN ('socket', 'stdio')),
    state         TEXT NOT NULL CHECK (state IN ('starting', 'running', 'ended')),
    token         TEXT NOT NULL UNIQUE,           -- in its environment: finds it after a crash between launch and recording
    socket        TEXT,
    fingerprint   TEXT,                           -- SHA-256 of what it was started with: program, settings, keys
    pid           INTEGER,
    start_time    INTEGER,                        -- clock ticks since boot, /proc/PID/stat field 22
    boot_id       TEXT,
    version       TEXT,
    reason        TEXT,
    started_at_ms INTEGER NOT NULL,
    ended_at_ms   INTEGER,
    CHECK ((state = 'ended') = (ended_at_ms IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX app_server_live ON app_server ((1)) WHERE state <> 'ended';   -- at most one lives
CREATE TRIGGER app_server_ended_stays BEFORE UPDATE OF state ON app_server WHEN OLD.state = 'ended' AND NEW.state <> 'ended'
BEGIN SELECT RAISE(ABORT, 'I4: a process that ended does not run again'); END;

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
CREATE INDEX conversation_state ON conversation (state);
CREATE TRIGGER conversation_owner BEFORE UPDATE OF agent, thread ON conversation
WHEN NEW.agent <> OLD.agent OR (OLD.thread IS NOT NULL AND NEW.thread IS NOT OLD.thread)
BEGIN SELECT RAISE(ABORT, 'I2: a thread belongs to one agent, for ever'); END;
CREATE TRIGGER conversation_stays BEFORE DELETE ON conversation
BEGIN SELECT RAISE(ABORT, 'I2: a thread belongs to one agent, for ever'); END;

-- Content addressed by SHA-256 (I8): its chunks are stored first, and with this row it is whole and never changes. A chunk holds at most
-- 1 MiB of the stored bytes: zstd frames, or the content itself. So the foreign key is looked at when the transaction ends.
CREATE TABLE artifact (
    id            TEXT PRIMARY KEY CHECK (length(id) = 64 AND id NOT GLOB '*[^0-9a-f]*'),
    size          INTEGER NOT NULL CHECK (size >= 0),
    encoding      TEXT NOT NULL CHECK (encoding IN ('identity', 'zstd')),
    stored_size   INTEGER NOT NULL CHECK (stored_size >= 0),
    created_at_ms INTEGER NOT NULL,
    CHECK (encoding <> 'identity' OR stored_size = size)
) STRICT, WITHOUT ROWID;
CREATE TABLE artifact_chunk (
    artifact TEXT NOT NULL REFERENCES artifact (id) DEFERRABLE INITIALLY DEFERRED,
    ordinal  INTEGER NOT NULL CHECK (ordinal >= 0),
    bytes    BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND 1048576),
    PRIMARY KEY (artifact, ordinal)
) STRICT;
CREATE TRIGGER artifact_whole BEFORE INSERT ON artifact
WHEN NEW.stored_size <> (SELECT coalesce(sum(length(bytes)), 0) FROM artifact_chunk WHERE artifact = NEW.id)
    OR (SELECT count(*) FROM artifact_chunk WHERE artifact = NEW.id)
        <> (SELECT coalesce(max(ordinal) + 1, 0) FROM artifact_chunk WHERE artifact = NEW.id)
BEGIN SELECT RAISE(ABORT, 'I8: the bytes of an artifact are stored before its row'); END;
CREATE TRIGGER artifact_immutable BEFORE UPDATE ON artifact
BEGIN SELECT RAISE(ABORT, 'I8: an artifact never changes'); END;
CREATE TRIGGER artifact_stays BEFORE DELETE ON artifact
BEGIN SELECT RAISE(ABORT, 'I8: an artifact is never deleted'); END;
CREATE TRIGGER artifact_chunk_sealed BEFORE INSERT ON artifact_chunk
WHEN EXISTS (SELECT 1 FROM artifact WHERE id = NEW.artifact)
BEGIN SELECT RAISE(ABORT, 'I8: nothing is added to an artifact'); END;
CREATE TRIGGER artifact_chunk_immutable BEFORE UPDATE ON artifact_chunk
BEGIN SELECT RAISE(ABORT, 'I8: the bytes of an artifact never change'); END;
CREATE TRIGGER artifact_chunk_stays BEFORE DELETE ON artifact_chunk
BEGIN SELECT RAISE(ABORT, 'I8: the bytes of an artifact are never deleted'); END;

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
    report          TEXT REFERENCES artifact (id),  -- its last message
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
CREATE INDEX turn_status ON turn (status, agent, seq);
CREATE INDEX turn_codex ON turn (codex_turn) WHERE codex_turn IS NOT NULL;
CREATE TRIGGER turn_settled_stays BEFORE UPDATE OF status ON turn
WHEN OLD.status IN ('steered', 'completed', 'interrupted', 'failed', 'refused', 'cancelled') AND NEW.status <> OLD.status
BEGIN SELECT RAISE(ABORT, 'I4: a turn that ended does not begin again'); END;
CREATE TRIGGER turn_submitted_first BEFORE UPDATE OF status ON turn
WHEN OLD.status = 'queued' AND NEW.status IN ('running', 'steered', 'completed', 'interrupted')
BEGIN SELECT RAISE(ABORT, 'I4: a turn is recorded as submitted before it runs'); END;
CREATE TRIGGER turn_cancelled_unsent BEFORE UPDATE OF status ON turn WHEN NEW.status = 'cancelled' AND OLD.status <> 'queued'
BEGIN SELECT RAISE(ABORT, 'I4: only a turn that was not sent can be cancelled'); END;
CREATE TRIGGER turn_identity BEFORE UPDATE OF id, agent, kind, prompt, continues, created_at_ms ON turn
WHEN NEW.id <> OLD.id OR NEW.agent <> OLD.agent OR NEW.kind <> OLD.kind OR NEW.prompt <> OLD.prompt
    OR NEW.continues IS NOT OLD.continues OR NEW.created_at_ms <> OLD.created_at_ms
BEGIN SELECT RAISE(ABORT, 'I4: an id stands for one message, for ever'); END;
CREATE TRIGGER turn_spent BEFORE UPDATE OF worked_ms, tokens ON turn
WHEN NEW.worked_ms < OLD.worked_ms OR NEW.tokens < OLD.tokens OR (NEW.tokens IS NULL AND OLD.tokens IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'I6: what a turn has consumed never goes down'); END;
CREATE TRIGGER turn_stays BEFORE DELETE ON turn
BEGIN SELECT RAISE(ABORT, 'I3: a turn is cancelled, never deleted'); END;

-- What a conversation produced, each item once however often Codex tells us of it.
CREATE TABLE item (
    seq      INTEGER PRIMARY KEY,                 -- the order in which they were first seen
    turn     TEXT NOT NULL REFERENCES turn (id),
    item     TEXT NOT NULL,
    kind     TEXT NOT NULL,
    status   TEXT,                                -- NULL: not completed yet
    summary  TEXT,
    artifact TEXT REFERENCES artifact (id),
    at_ms    INTEGER NOT NULL,
    UNIQUE (turn, item)
) STRICT;

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
CREATE INDEX digest_entry_agent ON digest_entry (agent, kind, at_ms) WHERE agent IS NOT NULL;
CREATE TRIGGER digest_entry_identity BEFORE UPDATE OF kind, agent, issue, data, at_ms ON digest_entry
BEGIN SELECT RAISE(ABORT, 'I3: what the orchestrator is to be told does not change'); END;
CREATE TRIGGER digest_entry_stays BEFORE DELETE ON digest_entry
BEGIN SELECT RAISE(ABORT, 'I3: what the orchestrator is to be told is never deleted'); END;

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
    settled_at_ms  INTEGER,
    CHECK ((status = 'proposed') = (settled_at_ms IS NULL)),
    CHECK (status NOT IN ('refused', 'failed') OR reason IS NOT NULL)         -- I3: the reason is recorded, and goes back
) STRICT;
CREATE INDEX decision_at ON decision (at_ms);
CREATE TRIGGER decision_settled_stays BEFORE UPDATE OF status ON decision WHEN OLD.status <> 'proposed' AND NEW.status <> OLD.status
BEGIN SELECT RAISE(ABORT, 'I4: a decision is executed once'); END;
CREATE TRIGGER decision_identity BEFORE UPDATE OF key, turn, source, verb, payload, at_ms ON decision
BEGIN SELECT RAISE(ABORT, 'I4: a key stands for one decision, for ever'); END;
CREATE TRIGGER decision_stays BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'I3: a decision is never deleted'); END;

-- What an artifact is for. The artifact is there first (I8).
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
CREATE TRIGGER artifact_use_identity BEFORE UPDATE ON artifact_use
BEGIN SELECT RAISE(ABORT, 'I8: what an artifact is for does not change'); END;

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
CREATE INDEX approval_pending ON approval (id) WHERE status = 'pending';
CREATE INDEX approval_due ON approval (deadline_ms) WHERE status = 'pending';
CREATE TRIGGER approval_decided_stays BEFORE UPDATE OF status, decided_by ON approval
WHEN OLD.status <> 'pending' AND (NEW.status <> OLD.status OR NEW.decided_by IS NOT OLD.decided_by)
BEGIN SELECT RAISE(ABORT, 'I9: a request is decided once'); END;
CREATE TRIGGER approval_identity BEFORE UPDATE OF app_server, request, request_hash, agent, kind, payload ON approval
BEGIN SELECT RAISE(ABORT, 'I9: a decision is bound to the very request'); END;
CREATE TRIGGER approval_stays BEFORE DELETE ON approval
BEGIN SELECT RAISE(ABORT, 'I9: a request is declined, never deleted'); END;

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
    CHECK ((status = 'pending') = (settled_at_ms IS NULL)),
    CHECK (status NOT IN ('refused', 'failed') OR error IS NOT NULL)          -- I3: a recorded end has its reason
) STRICT;
CREATE INDEX command_pending ON command (id) WHERE status = 'pending';
CREATE TRIGGER command_settled_stays BEFORE UPDATE OF status, result, error ON command WHEN OLD.status <> 'pending'
BEGIN SELECT RAISE(ABORT, 'I3: a command is executed once'); END;
CREATE TRIGGER command_identity BEFORE UPDATE OF id, kind, payload, source, created_at_ms ON command
BEGIN SELECT RAISE(ABORT, 'I3: a command does not change'); END;
CREATE TRIGGER command_stays BEFORE DELETE ON command
BEGIN SELECT RAISE(ABORT, 'I3: a command is never deleted'); END;

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
CREATE INDEX outbox_due ON outbox (due_at_ms) WHERE status = 'pending';
CREATE INDEX outbox_performing ON outbox (epoch) WHERE status = 'performing';
CREATE TRIGGER outbox_settled_stays BEFORE UPDATE OF status, result, error, settled_at_ms ON outbox
WHEN OLD.status IN ('done', 'failed', 'cancelled')
BEGIN SELECT RAISE(ABORT, 'I4: an effect that was settled is not performed again'); END;
CREATE TRIGGER outbox_attempts BEFORE UPDATE OF attempts ON outbox WHEN NEW.attempts < OLD.attempts
BEGIN SELECT RAISE(ABORT, 'I4: that an effect was begun is never forgotten'); END;
-- A settled row may give its key away, for the same effect to be asked for anew; an open one keeps it.
CREATE TRIGGER outbox_identity BEFORE UPDATE OF key, kind, lane, payload, turn ON outbox
WHEN NEW.kind <> OLD.kind OR NEW.lane <> OLD.lane OR NEW.payload <> OLD.payload OR NEW.turn IS NOT OLD.turn
    OR (NEW.key <> OLD.key AND OLD.status IN ('pending', 'performing'))
BEGIN SELECT RAISE(ABORT, 'I4: a key stands for one effect'); END;
CREATE TRIGGER outbox_stays BEFORE DELETE ON outbox
BEGIN SELECT RAISE(ABORT, 'I4: that an effect was asked for is never forgotten'); END;

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

-- The last lines of stderr of what the hub started: bounded, so the only rows that are ever deleted (besides labels and blockers).
CREATE TABLE stderr_line (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    line   TEXT NOT NULL,
    at_ms  INTEGER NOT NULL
) STRICT;
