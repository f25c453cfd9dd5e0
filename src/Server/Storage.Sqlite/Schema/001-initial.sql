-- Ids are 16 bytes, big-endian, so that version 7 ids sort by time. Times are ticks of 100 ns since year 1, UTC.

CREATE TABLE project (
    workspace   BLOB    NOT NULL,
    id          BLOB    NOT NULL,
    name        TEXT    NOT NULL,
    start_time  INTEGER NOT NULL,
    dataset_id  BLOB,
    details     TEXT    NOT NULL,
    -- A deleted project hides its runs at once; they are removed in small steps, and the row with the last of them.
    is_deleted  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX project_name ON project (workspace, name) WHERE is_deleted = 0;

-- What a run is now: the fold of its writes.
CREATE TABLE run (
    rid                   INTEGER PRIMARY KEY,
    workspace             BLOB    NOT NULL,
    id                    BLOB    NOT NULL,
    project_id            BLOB    NOT NULL,
    trace_id              BLOB    NOT NULL,
    parent_run_id         BLOB,
    is_root               INTEGER NOT NULL,
    dotted_order          TEXT    NOT NULL,
    name                  TEXT    NOT NULL,
    run_type              TEXT    NOT NULL,
    status                INTEGER NOT NULL,
    start_time            INTEGER NOT NULL,
    end_time              INTEGER,
    first_token_time      INTEGER,
    error                 TEXT,
    thread_id             TEXT,
    model                 TEXT,
    reference_example_id  BLOB,
    prompt_tokens         INTEGER,
    completion_tokens     INTEGER,
    total_tokens          INTEGER,
    prompt_cost           REAL,
    completion_cost       REAL,
    total_cost            REAL,
    -- Exact costs and details; null when the run used nothing.
    usage                 TEXT,
    tags                  TEXT    NOT NULL,
    metadata              TEXT    NOT NULL,
    inputs_preview        TEXT    NOT NULL,
    outputs_preview       TEXT    NOT NULL,
    attachments           TEXT,
    first_received_at     INTEGER NOT NULL,
    last_received_at      INTEGER NOT NULL,
    attempts              INTEGER NOT NULL,
    resends               INTEGER NOT NULL,
    -- Where the standing payloads are: sequences of run_write.
    inputs_from           INTEGER,
    outputs_from          INTEGER,
    events_from           INTEGER,
    serialized_from       INTEGER,
    extra_from            TEXT    NOT NULL
);

CREATE UNIQUE INDEX run_id ON run (workspace, id);
CREATE INDEX run_trace ON run (workspace, trace_id);
CREATE INDEX run_parent ON run (workspace, parent_run_id) WHERE parent_run_id IS NOT NULL;
CREATE INDEX run_time ON run (workspace, start_time, id);
CREATE INDEX run_thread ON run (workspace, project_id, thread_id, start_time) WHERE thread_id IS NOT NULL;
CREATE INDEX run_example ON run (workspace, reference_example_id) WHERE reference_example_id IS NOT NULL;
-- Lists, filters and figures of a project without touching the rows.
CREATE INDEX run_list ON run (
    workspace, project_id, is_root, start_time, id,
    end_time, status, run_type, prompt_tokens, completion_tokens, total_tokens, total_cost, first_token_time);

-- Every write that counts, in the order of acknowledgement.
CREATE TABLE run_write (
    sequence      INTEGER PRIMARY KEY,
    rid           INTEGER NOT NULL,
    kind          INTEGER NOT NULL,
    hash          BLOB    NOT NULL,
    received_at   INTEGER NOT NULL,
    project_id    BLOB,
    head          BLOB    NOT NULL,
    payload       BLOB,
    payload_blob  TEXT
);

CREATE UNIQUE INDEX run_write_identity ON run_write (rid, kind, hash);

-- Which runs have a metadata value, a metadata key or a tag: by hash, to be verified on the run.
CREATE TABLE run_term (
    hash  INTEGER NOT NULL,
    rid   INTEGER NOT NULL,
    PRIMARY KEY (hash, rid)
) WITHOUT ROWID;

-- Deleted runs: a late write does not bring them back.
CREATE TABLE tombstone (
    workspace   BLOB    NOT NULL,
    run_id      BLOB    NOT NULL,
    deleted_at  INTEGER NOT NULL,
    PRIMARY KEY (workspace, run_id)
) WITHOUT ROWID;

CREATE TABLE feedback (
    workspace    BLOB    NOT NULL,
    id           BLOB    NOT NULL,
    run_id       BLOB,
    trace_id     BLOB,
    project_id   BLOB,
    thread_id    TEXT,
    key          TEXT    NOT NULL,
    score        REAL,
    value        TEXT,
    comment      TEXT,
    source_type  TEXT    NOT NULL,
    is_error     INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    modified_at  INTEGER NOT NULL,
    details      TEXT    NOT NULL,
    PRIMARY KEY (workspace, id)
) WITHOUT ROWID;

CREATE INDEX feedback_run ON feedback (workspace, run_id, key) WHERE run_id IS NOT NULL;
CREATE INDEX feedback_project ON feedback (workspace, project_id) WHERE project_id IS NOT NULL;
CREATE INDEX feedback_time ON feedback (workspace, created_at);

-- Small things of two dozen kinds.
CREATE TABLE document (
    workspace    BLOB    NOT NULL,
    kind         TEXT    NOT NULL,
    id           BLOB    NOT NULL,
    parent_id    BLOB,
    name         TEXT,
    json         TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    modified_at  INTEGER NOT NULL,
    expires_at   INTEGER,
    version      INTEGER NOT NULL,
    PRIMARY KEY (workspace, kind, id)
) WITHOUT ROWID;

-- A null is never equal to another in a unique index: things that stand alone have an empty parent.
CREATE UNIQUE INDEX document_name ON document (workspace, kind, ifnull(parent_id, x''), name) WHERE name IS NOT NULL;
CREATE INDEX document_parent ON document (workspace, parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX document_anywhere ON document (kind, id);
CREATE INDEX document_anywhere_name ON document (kind, name) WHERE name IS NOT NULL;

-- Every state of every example of a dataset.
CREATE TABLE example (
    workspace      BLOB    NOT NULL,
    dataset_id     BLOB    NOT NULL,
    id             BLOB    NOT NULL,
    modified_at    INTEGER NOT NULL,
    created_at     INTEGER NOT NULL,
    is_deleted     INTEGER NOT NULL,
    source_run_id  BLOB,
    splits         TEXT    NOT NULL,
    inputs         TEXT,
    outputs        TEXT,
    metadata       TEXT,
    attachments    TEXT    NOT NULL,
    PRIMARY KEY (workspace, id, modified_at)
) WITHOUT ROWID;

CREATE INDEX example_dataset ON example (workspace, dataset_id, created_at, id, modified_at);
CREATE INDEX example_source ON example (workspace, source_run_id) WHERE source_run_id IS NOT NULL;
