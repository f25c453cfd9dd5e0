-- Derived from the store, in a file of its own: filling it never locks the store, and without it it is made again.

CREATE VIRTUAL TABLE run_text USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii');

-- All writes up to this one are in the index.
CREATE TABLE progress (
    only         INTEGER PRIMARY KEY CHECK (only = 1),
    sequence     INTEGER NOT NULL,
    received_at  INTEGER NOT NULL
);

INSERT INTO progress (only, sequence, received_at) VALUES (1, 0, 0);
