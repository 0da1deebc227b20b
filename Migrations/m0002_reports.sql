-- The documented surface for questions: views named report_…, which `orch query` shows and `orch query sql` may read, and nothing else.
-- Column names are the keys of the JSON that orch writes: they stay. A time is there twice: `x_at` as ISO 8601 text in UTC for people,
-- `x_at_ms` as integer milliseconds since 1970 for machines; other `_ms` are durations. `agent` is an agent's name, `agent_id` its row
-- (a name is used again when its agent is closed). Columns named labels, blocked_by, data and payload hold JSON.
--
-- The comment above a view and the one behind a column's name are what `orch query REPORT --help` and docs/reports.md say of it: each
-- column has one, but for the times.
--
-- A view may not use a common table expression: the authorizer of `orch query sql` would no longer see whose access it is.

-- What the reports search by, and nothing else does.
CREATE INDEX agent_stalled ON agent (phase_since_ms) WHERE phase IN ('stalled', 'parked');
CREATE INDEX conversation_agent ON conversation (agent, id);
CREATE INDEX decision_agent ON decision (agent, id) WHERE agent IS NOT NULL;
CREATE INDEX approval_agent ON approval (agent, id);
CREATE INDEX artifact_use_agent ON artifact_use (agent, id) WHERE agent IS NOT NULL;
CREATE INDEX item_artifact ON item (artifact) WHERE artifact IS NOT NULL;

-- One row per agent, live and closed: who works on what, how it stands, and what it has consumed.
CREATE VIEW report_agents AS
SELECT
    a.id AS id,                                   -- its row
    a.name AS name,                               -- unique among the live ones
    a.role AS role,                               -- orchestrator, sub
    a.issue AS issue,                             -- the issue it works on
    CASE
        WHEN a.phase IN ('closed', 'resting', 'parked', 'stalled', 'starting') THEN a.phase
        WHEN EXISTS (SELECT 1 FROM approval AS p WHERE p.agent = a.id AND p.status = 'pending') THEN 'waiting_approval'
        WHEN EXISTS (SELECT 1 FROM turn AS t WHERE t.agent = a.id AND t.status IN ('submitting', 'running') AND t.steers IS NULL)
            THEN 'working'                        -- a turn runs (also while it wraps up: see phase)
        WHEN a.phase = 'wrapping_up' THEN 'wrapping_up'
        WHEN EXISTS (SELECT 1 FROM turn AS t WHERE t.agent = a.id AND t.status = 'queued')
                THEN 'queued'                     -- a message waits to be sent
        ELSE 'idle'                               -- it waits for a decision
    END AS state,                                 -- what it is doing, from facts; the words are those of --status
    a.phase AS phase,                             -- starting, ready, wrapping_up, stalled, parked, resting, closed
    a.reason AS reason,                           -- why it is stalled, parked, resting or closed
    a.outcome AS outcome,                         -- of a closed one: done, failed, budget, cancelled
    (SELECT c.thread FROM conversation AS c WHERE c.agent = a.id ORDER BY c.id DESC LIMIT 1) AS thread,  -- its Codex thread
    b.worked_ms AS worked_ms,                     -- time worked
    nullif(b.budget_ms, 1 << 50) AS budget_ms,    -- time allowed; NULL: any (the orchestrator)
    b.tokens AS tokens,                           -- tokens consumed
    b.tokens_max AS tokens_max,                   -- tokens allowed; NULL: any number
    (SELECT count(*) FROM turn AS t WHERE t.agent = a.id) AS turns,                                     -- messages to it
    (SELECT t.report_summary FROM turn AS t WHERE t.agent = a.id AND t.report IS NOT NULL ORDER BY t.seq DESC LIMIT 1)
        AS last_report,                           -- the first line of its last report
    a.failures AS failures,                       -- failed turns in a row
    a.branch AS branch,                           -- its branch
    a.worktree AS worktree,                       -- its folder
    strftime('%Y-%m-%dT%H:%M:%fZ', a.phase_since_ms / 1000.0, 'unixepoch') AS phase_since_at,
    a.phase_since_ms AS phase_since_at_ms,
    strftime('%Y-%m-%dT%H:%M:%fZ', a.created_at_ms / 1000.0, 'unixepoch') AS created_at,
    a.created_at_ms AS created_at_ms,
    a.last_event AS last_event,                   -- the last sign of life from its conversation
    strftime('%Y-%m-%dT%H:%M:%fZ', a.last_event_ms / 1000.0, 'unixepoch') AS last_event_at,
    a.last_event_ms AS last_event_at_ms,
    strftime('%Y-%m-%dT%H:%M:%fZ', a.closed_at_ms / 1000.0, 'unixepoch') AS closed_at,
    a.closed_at_ms AS closed_at_ms
FROM agent AS a LEFT JOIN budget AS b ON b.agent = a.id;

-- One row per issue.
CREATE VIEW report_issues AS
SELECT
    i.number AS number,                           -- its number
    i.title AS title,                             -- its title
    (SELECT json_group_array(name) FROM (SELECT l.name AS name FROM issue_label AS l WHERE l.issue = i.number AND l.wanted = 1
        ORDER BY l.name)) AS labels,              -- JSON array of names
    i.state AS state,                             -- open, closed: what the tracker says
    i.phase AS phase,                             -- none, queued, running, review, done, stalled: what the hub makes of it
    i.reason AS reason,                           -- why it is stalled, or what it waits for
    (SELECT a.name FROM agent AS a WHERE a.issue = i.number ORDER BY a.id DESC LIMIT 1) AS agent,       -- who works, or worked last, on it
    (SELECT max(a.id) FROM agent AS a WHERE a.issue = i.number) AS agent_id,    -- that agent's row
    i.branch AS branch,                           -- the branch of its work
    i.worktree AS worktree,                       -- the folder of its work
    (SELECT json_group_array(blocker) FROM (SELECT DISTINCT k.blocker AS blocker FROM issue_blocker AS k WHERE k.issue = i.number
        ORDER BY k.blocker)) AS blocked_by,       -- JSON array of numbers, those that are done too
    i.priority AS priority,                       -- 0 is first
    i.author AS author,                           -- who filed it
    i.base_commit AS base_commit,                 -- where its branch began
    i.head_commit AS head_commit,                 -- the branch's last seen commit
    i.attempts AS attempts,                       -- failed runs since a person's last retry
    (SELECT coalesce(sum(b.worked_ms), 0) FROM agent AS a JOIN budget AS b ON b.agent = a.id WHERE a.issue = i.number)
        AS worked_ms,                             -- time worked by all its agents
    (SELECT coalesce(sum(b.tokens), 0) FROM agent AS a JOIN budget AS b ON b.agent = a.id WHERE a.issue = i.number)
        AS tokens,                                -- tokens consumed by all its agents
    (SELECT count(*) FROM issue_comment AS c WHERE c.issue = i.number) AS comments,              -- how many
    strftime('%Y-%m-%dT%H:%M:%fZ', i.phase_since_ms / 1000.0, 'unixepoch') AS phase_since_at,
    i.phase_since_ms AS phase_since_at_ms,
    strftime('%Y-%m-%dT%H:%M:%fZ', i.retry_at_ms / 1000.0, 'unixepoch') AS retry_at,   -- when the next attempt is due
    i.retry_at_ms AS retry_at_ms,
    strftime('%Y-%m-%dT%H:%M:%fZ', i.created_at_ms / 1000.0, 'unixepoch') AS created_at,
    i.created_at_ms AS created_at_ms,
    strftime('%Y-%m-%dT%H:%M:%fZ', i.updated_at_ms / 1000.0, 'unixepoch') AS updated_at,
    i.updated_at_ms AS updated_at_ms,
    strftime('%Y-%m-%dT%H:%M:%fZ', i.closed_at_ms / 1000.0, 'unixepoch') AS closed_at,
    i.closed_at_ms AS closed_at_ms,
    i.body AS body                                -- its text
FROM issue AS i;

-- One row per message to an agent.
CREATE VIEW report_turns AS
SELECT
    t.seq AS seq,                                 -- the order in which they were made
    t.id AS id,                                   -- its id
    (SELECT a.name FROM agent AS a WHERE a.id = t.agent) AS agent,    -- whom it is for
    t.agent AS agent_id,                          -- that agent's row
    (SELECT a.issue FROM agent AS a WHERE a.id = t.agent) AS issue,   -- that agent's issue
    t.kind AS kind,                               -- task, send, nudge, wrap_up, digest, continue
    t.status AS status,                           -- queued, submitting, running, steered, completed, interrupted, failed, refused, cancelled
    t.id AS client_id,                            -- the clientUserMessageId that Codex got
    t.tokens AS tokens,                           -- NULL: not measured
    t.worked_ms AS worked_ms,                     -- time worked on it
    (SELECT c.thread FROM conversation AS c WHERE c.id = t.conversation) AS thread,     -- the Codex thread that it was sent to
    t.codex_turn AS codex_turn,                   -- Codex's own id
    t.steers AS steers,                           -- the running turn that this message was put into
    t.continues AS continues,                     -- the interrupted turn that this one goes on with
    t.report AS report,                           -- artifact id of its last message
    t.report_summary AS report_summary,           -- the first line of that
    t.error_kind AS error_kind,                   -- usage_limit, temporary, context_window, refused, other…
    t.error AS error,                             -- why it failed, was refused or cancelled
    strftime('%Y-%m-%dT%H:%M:%fZ', t.not_before_ms / 1000.0, 'unixepoch') AS not_before_at,   -- it is not sent earlier
    t.not_before_ms AS not_before_at_ms,
    strftime('%Y-%m-%dT%H:%M:%fZ', t.created_at_ms / 1000.0, 'unixepoch') AS created_at,
    t.created_at_ms AS created_at_ms,
    strftime('%Y-%m-%dT%H:%M:%fZ', t.submitted_at_ms / 1000.0, 'unixepoch') AS submitted_at,
    t.submitted_at_ms AS submitted_at_ms,
    strftime('%Y-%m-%dT%H:%M:%fZ', t.started_at_ms / 1000.0, 'unixepoch') AS started_at,
    t.started_at_ms AS started_at_ms,
    strftime('%Y-%m-%dT%H:%M:%fZ', t.ended_at_ms / 1000.0, 'unixepoch') AS ended_at,
    t.ended_at_ms AS ended_at_ms,
    t.prompt AS prompt                            -- what was said
FROM turn AS t;

-- One row per control block or tool call of the orchestrator.
CREATE VIEW report_decisions AS
SELECT
    d.id AS id,                                   -- its row
    d.verb AS verb,                               -- spawn, send, close, status, fetch, exec, or what was written in its place
    d.status AS status,                           -- proposed, executed, suppressed, refused, failed
    d.reason AS reason,                           -- why it was not executed
    (SELECT a.name FROM agent AS a WHERE a.id = d.agent) AS agent,    -- whom it concerned
    d.agent AS agent_id,                          -- that agent's row
    d.issue AS issue,                             -- the issue that it concerns
    d.result AS result,                           -- what came of it
    d.payload AS payload,                         -- its arguments, as they were given
    d.source AS source,                           -- block, tool
    d.turn AS turn,                               -- the orchestrator's turn that it was in
    d.key AS key,                                 -- makes it happen once: turn/item/index
    strftime('%Y-%m-%dT%H:%M:%fZ', d.at_ms / 1000.0, 'unixepoch') AS at,
    d.at_ms AS at_ms,
    strftime('%Y-%m-%dT%H:%M:%fZ', d.settled_at_ms / 1000.0, 'unixepoch') AS settled_at,
    d.settled_at_ms AS settled_at_ms
FROM decision AS d;

-- One row per agent that is stalled or parked now, and per issue that is stalled without such an agent.
CREATE VIEW report_stalls AS
SELECT
    a.name AS agent,                              -- who; of an issue without a live agent, the one that worked on it last
    s.agent_id AS agent_id,                       -- that agent's row
    s.issue AS issue,                             -- the issue that waits
    i.title AS title,                             -- the issue's
    s.state AS state,                             -- stalled: it showed no progress; parked: it could not go on
    strftime('%Y-%m-%dT%H:%M:%fZ', s.since_ms / 1000.0, 'unixepoch') AS since_at,
    s.since_ms AS since_at_ms,
    s.why AS why,                                 -- why it is thought stalled
    (SELECT count(*) || CASE count(*) WHEN 1 THEN ' turn' ELSE ' turns' END FROM turn AS t WHERE t.agent = s.agent_id)
        || (SELECT CASE count(*) WHEN 0 THEN '' ELSE ' (' || count(*) || ' continued)' END FROM turn AS t
            WHERE t.agent = s.agent_id AND t.kind = 'continue')
        || CASE coalesce(b.nudges, 0) WHEN 0 THEN '' WHEN 1 THEN ', 1 nudge' ELSE ', ' || b.nudges || ' nudges' END
        || CASE WHEN b.wrap_up_at_worked_ms IS NULL THEN '' ELSE ', a wrap-up' END
        || CASE coalesce(i.attempts, 0) WHEN 0 THEN '' WHEN 1 THEN ', 1 failed attempt' ELSE ', ' || i.attempts || ' failed attempts' END
        AS tried,                                 -- what was tried, in words
    coalesce(b.nudges, 0) AS nudges,              -- nudges since its last report
    b.wrap_up_at_worked_ms IS NOT NULL AS wrap_up,                    -- 1: a wrap-up was asked for
    (SELECT count(*) FROM turn AS t WHERE t.agent = s.agent_id) AS turns,           -- messages to the agent
    (SELECT count(*) FROM turn AS t WHERE t.agent = s.agent_id AND t.kind = 'continue')
        AS continuations,                         -- messages to go on after an interruption
    coalesce(a.failures, 0) AS failures,          -- failed turns in a row
    coalesce(i.attempts, 0) AS attempts,          -- failed runs of the issue
    b.silent_ms AS silent_ms,                     -- time worked since its last sign of life
    b.worked_ms AS worked_ms,                     -- time worked
    b.budget_ms AS budget_ms,                     -- time allowed
    b.tokens AS tokens,                           -- tokens consumed
    (SELECT t.report_summary FROM turn AS t WHERE t.agent = s.agent_id AND t.report IS NOT NULL ORDER BY t.seq DESC LIMIT 1)
        AS last_report,                           -- the first line of its last report
    (SELECT t.error FROM turn AS t WHERE t.agent = s.agent_id AND t.error IS NOT NULL ORDER BY t.seq DESC LIMIT 1)
        AS last_error,                            -- why a turn of it failed last
    a.last_event AS last_event,                   -- the last sign of life
    strftime('%Y-%m-%dT%H:%M:%fZ', a.last_event_ms / 1000.0, 'unixepoch') AS last_event_at,
    a.last_event_ms AS last_event_at_ms
FROM (
    SELECT w.id AS agent_id, w.issue AS issue, w.phase AS state, w.phase_since_ms AS since_ms, w.reason AS why
    FROM agent AS w INDEXED BY agent_stalled WHERE w.phase IN ('stalled', 'parked')
    UNION ALL
    SELECT (SELECT max(l.id) FROM agent AS l WHERE l.issue = n.number), n.number, 'stalled', n.phase_since_ms, n.reason
    FROM issue AS n INDEXED BY issue_phase
    WHERE n.phase = 'stalled'
        AND NOT EXISTS (SELECT 1 FROM agent AS o WHERE o.issue = n.number AND o.phase IN ('stalled', 'parked'))
) AS s
LEFT JOIN agent AS a ON a.id = s.agent_id
LEFT JOIN budget AS b ON b.agent = s.agent_id
LEFT JOIN issue AS i ON i.number = s.issue;

-- One row per request of Codex that policy or a person answers.
CREATE VIEW report_approvals AS
SELECT
    p.id AS id,                                   -- for `orch approve` and `orch deny`
    p.status AS status,                           -- pending, approved, denied, expired, lost
    (SELECT a.name FROM agent AS a WHERE a.id = p.agent) AS agent,    -- who asks
    p.agent AS agent_id,                          -- that agent's row
    (SELECT a.issue FROM agent AS a WHERE a.id = p.agent) AS issue,   -- that agent's issue
    p.kind AS kind,                               -- what is asked for: command, file_change, permissions
    p.summary AS summary,                         -- the command, or the files
    p.decided_by AS decided_by,                   -- a person, policy or hub
    p.reason AS reason,                           -- why it was decided so
    p.answered AS answered,                       -- 1: Codex has the answer
    p.turn AS turn,                               -- the turn that asks
    p.item AS item,                               -- Codex's id of what waits
    p.payload AS payload,                         -- the whole request
    p.request_hash AS request_hash,               -- what the answer is bound to
    strftime('%Y-%m-%dT%H:%M:%fZ', p.at_ms / 1000.0, 'unixepoch') AS at,
    p.at_ms AS at_ms,
    strftime('%Y-%m-%dT%H:%M:%fZ', p.deadline_ms / 1000.0, 'unixepoch') AS deadline_at,    -- then it is declined
    p.deadline_ms AS deadline_at_ms,
    strftime('%Y-%m-%dT%H:%M:%fZ', p.decided_at_ms / 1000.0, 'unixepoch') AS decided_at,
    p.decided_at_ms AS decided_at_ms
FROM approval AS p;

-- One row per use of an artifact; one that is only a message of an agent has one row of that kind.
CREATE VIEW report_artifacts AS
SELECT
    f.id AS id,                                   -- the SHA-256 of its bytes
    coalesce(u.kind, iif(m.seq IS NULL, NULL, 'message')) AS kind,    -- report, log, diff, exec, note, message
    f.size AS size,                               -- bytes
    f.stored_size AS stored_size,                 -- bytes in the database
    (SELECT a.name FROM agent AS a WHERE a.id = coalesce(u.agent, t.agent)) AS agent,   -- who made it
    coalesce(u.agent, t.agent) AS agent_id,       -- that agent's row
    coalesce(u.issue, (SELECT a.issue FROM agent AS a WHERE a.id = t.agent)) AS issue,  -- the issue that it was made for
    coalesce(u.turn, m.turn) AS turn,             -- the turn that it came of
    u.name AS name,                               -- what it is called
    u.id AS use_id,                               -- the row of its use
    strftime('%Y-%m-%dT%H:%M:%fZ', coalesce(u.at_ms, f.created_at_ms) / 1000.0, 'unixepoch') AS at,
    coalesce(u.at_ms, f.created_at_ms) AS at_ms
FROM artifact AS f
LEFT JOIN artifact_use AS u ON u.artifact = f.id
LEFT JOIN item AS m ON u.id IS NULL AND m.seq = (SELECT min(n.seq) FROM item AS n WHERE n.artifact = f.id)
LEFT JOIN turn AS t ON t.id = m.turn;

-- The log of what happened.
CREATE VIEW report_events AS
SELECT
    e.seq AS seq,                                 -- its number: their order
    strftime('%Y-%m-%dT%H:%M:%fZ', e.at_ms / 1000.0, 'unixepoch') AS at,
    e.at_ms AS at_ms,
    e.kind AS kind,                               -- noun.verb
    (SELECT a.name FROM agent AS a WHERE a.id = e.agent) AS agent,    -- whom it concerns
    e.agent AS agent_id,                          -- that agent's row
    e.issue AS issue,                             -- the issue that it concerns
    e.turn AS turn,                               -- the turn that it concerns
    e.data AS data                                -- JSON object: what else there is to say
FROM event AS e;

-- One row per agent: what it may consume, and what is left.
CREATE VIEW report_budgets AS
SELECT
    a.name AS agent,                              -- its name
    a.id AS agent_id,                             -- its row
    a.issue AS issue,                             -- its issue
    a.phase AS phase,                             -- as in report_agents
    b.worked_ms AS worked_ms,                     -- time worked
    nullif(b.budget_ms, 1 << 50) AS budget_ms,    -- time allowed; NULL: any (the orchestrator)
    max(nullif(b.budget_ms, 1 << 50) - b.worked_ms, 0) AS left_ms,    -- time left
    b.tokens AS tokens,                           -- tokens consumed
    b.tokens_max AS tokens_max,                   -- tokens allowed; NULL: any number
    max(b.tokens_max - b.tokens, 0) AS tokens_left,                   -- tokens left
    nullif(b.checkin_ms, 1 << 50) AS checkin_ms,  -- worked time from one check-in to the next; NULL: none
    iif(b.checkin_ms = 1 << 50, NULL, max(b.checkin_at_worked_ms - b.worked_ms, 0)) AS checkin_in_ms,   -- worked time until the next
    b.nudges AS nudges,                           -- since the last report
    b.silent_ms AS silent_ms,                     -- worked time since the last sign of life
    b.wrap_up_at_worked_ms IS NOT NULL AS wrap_up,                    -- 1: a wrap-up was asked for
    a.last_event_ms AS last_event_at_ms
FROM budget AS b JOIN agent AS a ON a.id = b.agent;

-- One row per agent and day (UTC): what its turns of that day consumed.
CREATE VIEW report_tokens AS
SELECT
    strftime('%Y-%m-%d', t.created_at_ms / 1000.0, 'unixepoch') AS day,    -- the day, in UTC
    (SELECT a.name FROM agent AS a WHERE a.id = t.agent) AS agent,    -- who
    t.agent AS agent_id,                          -- that agent's row
    (SELECT a.issue FROM agent AS a WHERE a.id = t.agent) AS issue,   -- that agent's issue
    sum(t.tokens) AS tokens,                      -- tokens consumed; NULL: none of the turns was measured
    count(*) AS turns,                            -- how many turns
    count(*) - count(t.tokens) AS unmeasured,     -- turns whose tokens are not known
    sum(t.worked_ms) AS worked_ms,                -- time worked
    min(t.created_at_ms) AS first_at_ms,          -- its first turn of that day
    max(t.created_at_ms) AS last_at_ms            -- its last turn of that day
FROM turn AS t GROUP BY 1, 3;

-- What happened, in words, in the order of the log: the story of an issue or an agent.
CREATE VIEW report_timeline AS
SELECT
    e.seq AS seq,                                 -- the event that says so; their order
    strftime('%Y-%m-%dT%H:%M:%fZ', e.at_ms / 1000.0, 'unixepoch') AS at,
    e.at_ms AS at_ms,
    e.kind AS kind,                               -- noun.verb
    (SELECT a.name FROM agent AS a WHERE a.id = e.agent) AS agent,    -- whom it concerns
    e.agent AS agent_id,                          -- that agent's row
    coalesce(e.issue, (SELECT a.issue FROM agent AS a WHERE a.id = e.agent)) AS issue,  -- the issue that it concerns
    e.turn AS turn,                               -- the turn that it concerns
    CASE
        WHEN e.kind IN ('turn.completed', 'turn.failed', 'turn.interrupted', 'turn.refused', 'turn.running', 'turn.steered') THEN (
            SELECT CASE e.kind
                WHEN 'turn.completed' THEN coalesce(t.report_summary, t.kind)
                WHEN 'turn.running' THEN t.kind
                WHEN 'turn.steered' THEN t.kind
                ELSE coalesce(t.error, t.kind)
            END
            FROM turn AS t WHERE t.id = e.turn)
        WHEN e.kind GLOB 'decision.*' THEN (e.data ->> '$.verb') || coalesce(': ' || (e.data ->> '$.reason'), '')
        WHEN e.kind GLOB 'approval.*' THEN
            (SELECT p.summary FROM approval AS p WHERE p.id = e.data ->> '$.approval') || coalesce(': ' || (e.data ->> '$.reason'), '')
        WHEN e.kind = 'issue.commented' THEN (
            SELECT c.author || ': ' || substr(c.body, 1, 300) FROM issue_comment AS c
            WHERE c.issue = e.issue AND c.at_ms = e.at_ms AND c.author = e.data ->> '$.author' ORDER BY c.id LIMIT 1)
        WHEN e.kind = 'issue.closed' THEN (SELECT i.title FROM issue AS i WHERE i.number = e.issue)
        WHEN e.kind = 'agent.closed' THEN (e.data ->> '$.outcome') || coalesce(': ' || (e.data ->> '$.reason'), '')
        WHEN e.kind = 'agent.created' THEN coalesce(e.data ->> '$.branch', e.data ->> '$.role')
        WHEN e.data ->> '$.from' = e.data ->> '$.to' THEN coalesce(e.data ->> '$.reason', e.data ->> '$.to')
        ELSE coalesce((e.data ->> '$.from') || ' → ' || (e.data ->> '$.to') || coalesce(': ' || (e.data ->> '$.reason'), ''),
            e.data ->> '$.reason', e.data ->> '$.message', e.data ->> '$.title', e.data ->> '$.by',
            'nudge ' || (e.data ->> '$.number'), 'version ' || (e.data ->> '$.version'))
    END AS what                                   -- what happened, in words
FROM event AS e INDEXED BY event_kind_at
WHERE e.kind IN (
    'issue.created', 'issue.commented', 'issue.phase', 'issue.closed', 'issue.reopened',
    'agent.created', 'agent.nudged', 'agent.wrap_up', 'agent.stalled', 'agent.revived', 'agent.parked', 'agent.unparked',
    'agent.resting', 'agent.closed',
    'turn.running', 'turn.steered', 'turn.completed', 'turn.failed', 'turn.interrupted', 'turn.refused',
    'decision.proposed', 'decision.executed', 'decision.suppressed', 'decision.refused', 'decision.failed',
    'approval.asked', 'approval.approved', 'approval.denied', 'approval.expired', 'approval.lost',
    'thread.lost', 'thread.restarted', 'app_server.started', 'app_server.ended', 'effect.failed', 'settings.invalid',
    'hub.started', 'hub.stopped', 'hub.suspended', 'hub.quota', 'hub.quota_over', 'hub.fault', 'hub.pause', 'hub.resume');

-- Effects on the world: asked for, under way, done.
CREATE VIEW report_outbox AS
SELECT
    o.id AS id,                                   -- its row
    o.kind AS kind,                               -- noun.verb
    o.status AS status,                           -- pending, performing, done, failed, cancelled
    (SELECT a.name FROM agent AS a WHERE a.id = o.agent) AS agent,    -- for whom
    o.agent AS agent_id,                          -- that agent's row
    o.issue AS issue,                             -- for which issue
    o.turn AS turn,                               -- for which turn
    o.attempts AS attempts,                       -- how often it was begun
    o.error AS error,                             -- what went wrong last
    o.key AS key,                                 -- the effect shows at most once per key
    o.lane AS lane,                               -- effects of one lane are performed one at a time, in order
    o.epoch AS epoch,                             -- which daemon performs or performed it
    o.payload AS payload,                         -- what is to be done
    o.result AS result,                           -- what came of it
    strftime('%Y-%m-%dT%H:%M:%fZ', o.created_at_ms / 1000.0, 'unixepoch') AS created_at,
    o.created_at_ms AS created_at_ms,
    strftime('%Y-%m-%dT%H:%M:%fZ', o.due_at_ms / 1000.0, 'unixepoch') AS due_at,      -- it is not done earlier
    o.due_at_ms AS due_at_ms,
    strftime('%Y-%m-%dT%H:%M:%fZ', o.settled_at_ms / 1000.0, 'unixepoch') AS settled_at,
    o.settled_at_ms AS settled_at_ms
FROM outbox AS o;

-- The last lines that the app-server wrote to its standard error: bounded, the oldest go.
CREATE VIEW report_stderr AS
SELECT
    l.id AS id,                                   -- their order
    strftime('%Y-%m-%dT%H:%M:%fZ', l.at_ms / 1000.0, 'unixepoch') AS at,
    l.at_ms AS at_ms,
    l.source AS source,                           -- who wrote it: app-server
    l.line AS line                                -- the line
FROM stderr_line AS l;
