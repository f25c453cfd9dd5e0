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

INSERT INTO rollup_hour (workspace, project_id, hour, changes, rolled, changed_at)
SELECT DISTINCT workspace, project_id, start_time / 36000000000, 1, 0, 0 FROM run;
