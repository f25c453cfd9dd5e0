using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Sqlite.Connections;

namespace LangSmith.Server.Storage.Sqlite.Rollups;

/// <summary>Notes, in the transaction of a change, which spans it touches: their rollups hold no more. On the writer's thread.</summary>
internal sealed class RollupNotes(Statements statements, DateTimeOffset now)
{
    private readonly HashSet<(WorkspaceId Workspace, Guid Project, long Minute)> _touched = [];
    private readonly HashSet<(WorkspaceId Workspace, Guid Trace)> _traces = [];

    /// <summary>A run is, was, or will be at a place.</summary>
    public void Touch(WorkspaceId workspace, Guid project, long startTicks) =>
        _touched.Add((workspace, project, startTicks / RollupSpan.Ticks(RollupGrain.Minute)));

    /// <summary>A run of a trace changed: the figures of its roots count all of its tokens.</summary>
    public void TouchRoots(WorkspaceId workspace, Guid trace) => _traces.Add((workspace, trace));

    /// <summary>Writes the notes; after the runs are as they will be.</summary>
    public void Write()
    {
        foreach (var (workspace, trace) in _traces)
        {
            statements.Prepare("SELECT project_id, start_time FROM run WHERE workspace = ?1 AND trace_id = ?2 AND is_root = 1")
                .Each(row => Touch(workspace, row.Id(0), row.Number(1)), workspace.Value, trace);
        }

        foreach (var (workspace, project, minute) in _touched)
        {
            Write(workspace, project, RollupGrain.Minute, minute);
        }

        foreach (var (workspace, project, hour) in _touched.Select(one => (one.Workspace, one.Project, one.Minute / (long)RollupGrain.Hour)).Distinct())
        {
            Write(workspace, project, RollupGrain.Hour, hour);
        }
    }

    private void Write(WorkspaceId workspace, Guid project, RollupGrain grain, long number) =>
        statements.Execute(
            """
            INSERT INTO rollup_span (workspace, project_id, grain, number, changes, rolled, changed_at) VALUES (?1, ?2, ?3, ?4, 1, 0, ?5)
            ON CONFLICT DO UPDATE SET changes = changes + 1, changed_at = ?5
            """,
            workspace.Value, project, (long)grain, number, now);
}
