using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Rollups;

namespace LangSmith.Server.Storage.Sqlite.Runs;

/// <summary>Where a stored run counts.</summary>
internal sealed record RunPlaceRow(long Rid, Guid Project, long StartTicks, Guid Trace, string DottedOrder)
{
    public static RunPlaceRow? Find(Statements statements, WorkspaceId workspace, Guid runId) =>
        statements.Prepare("SELECT rid, project_id, start_time, trace_id, dotted_order FROM run WHERE workspace = ?1 AND id = ?2")
            .First(row => new RunPlaceRow(row.Number(0), row.Id(1), row.Number(2), row.Id(3), row.Text(4)), workspace.Value, runId);

    /// <summary>Notes that the run changes, or goes.</summary>
    public void Touch(RollupNotes notes, WorkspaceId workspace)
    {
        notes.Touch(workspace, Project, StartTicks);
        notes.TouchRoots(workspace, Trace);
    }
}
