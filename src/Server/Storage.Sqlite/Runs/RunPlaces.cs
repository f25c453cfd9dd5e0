using LangSmith.Protocol;
using LangSmith.Server.Domain;
using LangSmith.Server.Domain.Folding;
using LangSmith.Server.Storage.Sqlite.Connections;

namespace LangSmith.Server.Storage.Sqlite.Runs;

/// <summary>Where runs are of which no write told more than the parent's id: below the parent, once it is there. On the writer's thread.</summary>
internal sealed class RunPlaces(Statements statements)
{
    // A path grows with each level, and each level has its own.
    private const int PathLengthMax = 64 * 1024;

    /// <summary>The run with trace and path from its parent's; as it is when it has a path, or the parent has not come.</summary>
    public FoldedRun Complete(FoldedRun folded)
    {
        var run = folded.Record;
        if (run.DottedOrder.Length > 0 || run.ParentRunId is not { } parentId
            || RunPlaceRow.Find(statements, run.Workspace, parentId) is not { DottedOrder.Length: > 0 and < PathLengthMax } parent)
        {
            return folded;
        }

        return folded with
        {
            Record = run with
            {
                // Of a write that names no trace the fold takes the parent for it.
                TraceId = run.TraceId == parentId ? parent.Trace : run.TraceId,
                DottedOrder = DottedOrder.Print(parent.DottedOrder, run.StartTime, run.Id),
            },
        };
    }

    /// <summary>A run whose parent has not come stands as a root when nothing but the parent's id tells its place: it must be seen.</summary>
    public bool IsRoot(RunRecord run) =>
        run.ParentRunId is not { } parent
        || (run.DottedOrder.Length == 0 && RunPlaceRow.Find(statements, run.Workspace, parent) is null);
}
