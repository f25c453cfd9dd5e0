-- Figures by a key of the metadata; the key is empty in the other dimensions. A span's figures lie together.
ALTER TABLE rollup_figures ADD COLUMN key TEXT NOT NULL DEFAULT '';

DROP INDEX rollup_figures_place;
CREATE UNIQUE INDEX rollup_figures_place ON rollup_figures (workspace, project_id, grain, number, dimension, key, scope, value);

-- Spans that were rolled up before have none: the mark sends questions of them to their runs.
INSERT INTO rollup_figures (workspace, project_id, grain, dimension, scope, number, value, figures)
SELECT workspace, project_id, grain, 5, -1, number, '', x'' FROM rollup_span WHERE changes = rolled;
