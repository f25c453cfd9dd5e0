-- Minutes and hours of projects that have or had runs. Figures of a span stand in rollup_figures when changes = rolled. An hour without a note has
-- no runs; a minute without one may have some: minutes are noted only until their hour is rolled up.
CREATE TABLE rollup_span (
    workspace   BLOB    NOT NULL,
    project_id  BLOB    NOT NULL,
    -- Minutes of its length: 1 or 60.
    grain       INTEGER NOT NULL,
    -- Spans of this length since year 1.
    number      INTEGER NOT NULL,
    changes     INTEGER NOT NULL,
    rolled      INTEGER NOT NULL,
    changed_at  INTEGER NOT NULL,
    PRIMARY KEY (workspace, project_id, grain, number)
) WITHOUT ROWID;

CREATE INDEX rollup_span_changed ON rollup_span (grain, changed_at) WHERE changes <> rolled;

-- Figures of the runs of a span: of one scope (children, roots, roots with the usage of their whole traces), grouped by one dimension.
CREATE TABLE rollup_figures (
    workspace   BLOB    NOT NULL,
    project_id  BLOB    NOT NULL,
    grain       INTEGER NOT NULL,
    dimension   INTEGER NOT NULL,
    scope       INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    value       TEXT    NOT NULL,
    figures     BLOB    NOT NULL
);

CREATE UNIQUE INDEX rollup_figures_place ON rollup_figures (workspace, project_id, grain, dimension, scope, number, value);

INSERT INTO rollup_span SELECT workspace, project_id, 60, hour, changes, rolled, changed_at FROM rollup_hour;
INSERT INTO rollup_figures SELECT workspace, project_id, 60, dimension, scope, hour, value, figures FROM rollup;
DROP TABLE rollup_hour;
DROP TABLE rollup;

-- A store that was brought to the fourth schema before it had this table has all of its notes.
CREATE TABLE IF NOT EXISTS rollup_fill (
    only  INTEGER PRIMARY KEY CHECK (only = 1),
    rid   INTEGER NOT NULL
);
