-- The hours of projects that have or had runs. Figures of an hour stand in rollup when changes = rolled, and are read from its runs otherwise.
CREATE TABLE rollup_hour (
    workspace   BLOB    NOT NULL,
    project_id  BLOB    NOT NULL,
    -- Hours since year 1.
    hour        INTEGER NOT NULL,
    changes     INTEGER NOT NULL,
    rolled      INTEGER NOT NULL,
    changed_at  INTEGER NOT NULL,
    PRIMARY KEY (workspace, project_id, hour)
) WITHOUT ROWID;

CREATE INDEX rollup_hour_changed ON rollup_hour (changed_at) WHERE changes <> rolled;

-- Figures of the runs of an hour: of one scope (children, roots, roots with the usage of their whole traces), grouped by one dimension.
CREATE TABLE rollup (
    workspace   BLOB    NOT NULL,
    project_id  BLOB    NOT NULL,
    dimension   INTEGER NOT NULL,
    scope       INTEGER NOT NULL,
    hour        INTEGER NOT NULL,
    value       TEXT    NOT NULL,
    figures     BLOB    NOT NULL
);

CREATE UNIQUE INDEX rollup_place ON rollup (workspace, project_id, dimension, scope, hour, value);

-- Runs up to this one came before their hours were noted. Notes of a large store are made in steps, while it is in use; the row goes with the last.
CREATE TABLE rollup_fill (
    only  INTEGER PRIMARY KEY CHECK (only = 1),
    rid   INTEGER NOT NULL
);

INSERT INTO rollup_fill (only, rid) SELECT 1, rid FROM run ORDER BY rid DESC LIMIT 1;
