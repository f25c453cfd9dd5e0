-- Erased runs that the search index still has.
CREATE TABLE erased_run (
    rid  INTEGER PRIMARY KEY
);

-- The highest numbers ever given out, when their rows are gone: no number is given twice, so that nothing mistakes a run for another.
CREATE TABLE high_water (
    only      INTEGER PRIMARY KEY CHECK (only = 1),
    rid       INTEGER NOT NULL,
    sequence  INTEGER NOT NULL
);

INSERT INTO high_water (only, rid, sequence) VALUES (1, 0, 0);
