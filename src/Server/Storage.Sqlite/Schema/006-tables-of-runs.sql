-- A thread is found without knowing its project, as by the box that takes any id.
DROP INDEX run_thread;
CREATE INDEX run_thread ON run (workspace, thread_id, start_time) WHERE thread_id IS NOT NULL;

-- The threads of a project, without reading its runs.
CREATE INDEX run_thread_root ON run (workspace, project_id, thread_id, start_time) WHERE is_root = 1 AND thread_id IS NOT NULL;

-- Runs that have not ended; they are few.
CREATE INDEX run_open ON run (workspace, project_id, start_time) WHERE status = 0;
