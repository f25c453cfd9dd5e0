-- Which runs a file of the blob store belongs to; one that belongs to none is an orphan, and removed after a while.
CREATE TABLE blob_use (
    blob  TEXT    NOT NULL,
    rid   INTEGER NOT NULL,
    PRIMARY KEY (blob, rid)
) WITHOUT ROWID;

CREATE TABLE blob_orphan (
    blob   TEXT    PRIMARY KEY,
    since  INTEGER NOT NULL
) WITHOUT ROWID;

-- The tokens and costs of a trace without touching its rows.
DROP INDEX run_trace;
CREATE INDEX run_trace ON run (
    workspace, trace_id, prompt_tokens, completion_tokens, total_tokens, prompt_cost, completion_cost, total_cost);

DROP INDEX run_list;
CREATE INDEX run_list ON run (
    workspace, project_id, is_root, start_time, id,
    end_time, status, run_type, first_token_time, prompt_tokens, completion_tokens, total_tokens, prompt_cost, completion_cost, total_cost);

-- All runs of a project in order of time, children among them.
CREATE INDEX run_project ON run (workspace, project_id, start_time, id);
