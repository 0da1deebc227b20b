-- Issues that live at GitHub: what was last seen there, and how far the feeds were read. GitHub is the control surface; these rows are what
-- orch knows of it, so that every question can be answered offline.

-- Where the issues are: one row.
CREATE TABLE tracker (
    id             INTEGER PRIMARY KEY CHECK (id = 1),
    kind           TEXT NOT NULL DEFAULT 'local' CHECK (kind IN ('local', 'github')),
    hub            TEXT NOT NULL DEFAULT (lower(hex(randomblob(8)))),  -- this hub's name in claims
    repository     TEXT,                          -- owner/name
    repository_id  INTEGER,                       -- stays when it is renamed
    login          TEXT,                          -- who we are there
    default_branch TEXT,
    state          TEXT NOT NULL DEFAULT 'unknown' CHECK (state IN ('unknown', 'ok', 'unreachable', 'unauthorized', 'forbidden', 'gone', 'archived', 'issues_off')),
    reason         TEXT,                          -- why it is not ok
    since_ms       INTEGER,                       -- since when it is in this state
    polled_at_ms   INTEGER,                       -- the last complete poll
    gate           TEXT CHECK (gate IS NULL OR json_valid(gate))  -- what the rate limits allow
) STRICT;
INSERT INTO tracker (id) VALUES (1);

-- How far each feed was read. `since` is the server's time; while nothing moves the request, and so its validator, stays the same.
CREATE TABLE poll_cursor (
    feed      TEXT PRIMARY KEY,
    since     TEXT,
    validator TEXT
) STRICT, WITHOUT ROWID;

-- What is known of an issue besides `issue`.
CREATE TABLE remote_issue (
    issue          INTEGER PRIMARY KEY REFERENCES issue (number),
    remote_id      INTEGER NOT NULL,
    url            TEXT NOT NULL,
    updated_at     TEXT NOT NULL,                 -- the server's time of the version that was seen last
    last_event     INTEGER NOT NULL DEFAULT 0,    -- the newest event of its labels that was acted on
    locked         INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1)),
    accepted_body  TEXT,                          -- SHA-256 of title and body as somebody with write access queued them (I11)
    held_by        TEXT,                          -- another hub that has claimed it
    claim          INTEGER,                       -- the id of our claim's comment
    status_comment INTEGER,                       -- the id of the status comment
    status_hash    TEXT,                          -- of the text that it shows
    status_at_ms   INTEGER,                       -- when it was last written
    gone           TEXT CHECK (gone IN ('deleted', 'transferred'))
) STRICT;

-- Each version of a charter that was seen.
CREATE TABLE issue_version (
    issue    INTEGER NOT NULL REFERENCES issue (number),
    hash     TEXT NOT NULL,                       -- SHA-256 of title and body
    title    TEXT NOT NULL,
    artifact TEXT REFERENCES artifact (id),       -- the body
    seen_ms  INTEGER NOT NULL,
    PRIMARY KEY (issue, hash)
) STRICT, WITHOUT ROWID;

-- Each version of a comment that was seen; the text is in `issue_comment`.
CREATE TABLE remote_comment (
    id         INTEGER PRIMARY KEY,               -- the tracker's own
    issue      INTEGER NOT NULL,
    author     TEXT NOT NULL,
    is_ours    INTEGER NOT NULL CHECK (is_ours IN (0, 1)),
    is_trusted INTEGER NOT NULL CHECK (is_trusted IN (0, 1)),  -- its author has write access (I11)
    updated_at TEXT NOT NULL,
    seen_ms    INTEGER NOT NULL
) STRICT;
CREATE INDEX remote_comment_issue ON remote_comment (issue, id);

-- A pull request of a branch that an agent works on.
CREATE TABLE pull (
    number       INTEGER PRIMARY KEY CHECK (number > 0),
    issue        INTEGER NOT NULL REFERENCES issue (number),
    branch       TEXT NOT NULL,
    url          TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('open', 'closed', 'merged')),
    is_draft     INTEGER NOT NULL CHECK (is_draft IN (0, 1)),
    head         TEXT NOT NULL,
    base         TEXT NOT NULL,                   -- the base branch
    base_sha     TEXT NOT NULL,
    merge_commit TEXT,
    updated_at   TEXT NOT NULL,
    rounds       INTEGER NOT NULL DEFAULT 0 CHECK (rounds >= 0),   -- how often feedback was given to the agent
    seen_ms      INTEGER NOT NULL
) STRICT;
CREATE INDEX pull_issue ON pull (issue, number);
CREATE TRIGGER pull_rounds BEFORE UPDATE OF rounds ON pull WHEN NEW.rounds < OLD.rounds
BEGIN SELECT RAISE(ABORT, 'a round of review that was given is never forgotten'); END;

-- What reviewers and checks said of a pull request: each thing is given to the agent once.
CREATE TABLE feedback (
    key     TEXT PRIMARY KEY,                     -- review:ID, comment:ID, check:SHA:NAME, conflict:PULL:BASE:HEAD
    pull    INTEGER NOT NULL REFERENCES pull (number),
    kind    TEXT NOT NULL CHECK (kind IN ('review', 'comment', 'check', 'conflict')),
    author  TEXT NOT NULL,
    text    TEXT NOT NULL,
    at_ms   INTEGER NOT NULL,
    turn    TEXT REFERENCES turn (id),            -- the message that it went with
    dropped TEXT                                  -- why it was not given
) STRICT, WITHOUT ROWID;
CREATE INDEX feedback_open ON feedback (pull, at_ms) WHERE turn IS NULL AND dropped IS NULL;

-- Who may do what in the repository, as last told.
CREATE TABLE collaborator (
    login      TEXT PRIMARY KEY,
    permission TEXT NOT NULL CHECK (permission IN ('none', 'read', 'triage', 'write', 'maintain', 'admin')),
    asked_ms   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
