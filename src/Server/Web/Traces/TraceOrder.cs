using LangSmith.Server.Domain;

namespace LangSmith.Server.Web.Traces;

/// <summary>Lays the runs of a trace out as a tree, each run before what is below it.</summary>
internal static class TraceOrder
{
    /// <summary>Orders runs; one whose parent did not arrive, or is its own ancestor, stands at the top.</summary>
    public static IReadOnlyList<TraceRow> Of(IReadOnlyCollection<RunRecord> runs)
    {
        var known = runs.Select(run => run.Id).ToHashSet();
        var children = runs.Where(run => Parent(run, known) is not null).ToLookup(run => run.ParentRunId!.Value);
        var rows = new List<TraceRow>(runs.Count);
        var seen = new HashSet<Guid>(runs.Count);
        var waiting = new Stack<(RunRecord Run, int Depth)>();
        foreach (var root in Sort(runs.Where(run => Parent(run, known) is null)))
        {
            Walk(root);
        }

        // What is left goes round in a circle.
        foreach (var run in Sort(runs.Where(run => !seen.Contains(run.Id))))
        {
            Walk(run);
        }

        return rows;

        void Walk(RunRecord start)
        {
            waiting.Push((start, 0));
            while (waiting.TryPop(out var next))
            {
                if (!seen.Add(next.Run.Id))
                {
                    continue;
                }

                rows.Add(new TraceRow(next.Run, next.Depth, next.Depth == 0 && next.Run.ParentRunId is not null));
                foreach (var child in Sort(children[next.Run.Id]).Reverse())
                {
                    waiting.Push((child, next.Depth + 1));
                }
            }
        }
    }

    private static Guid? Parent(RunRecord run, HashSet<Guid> known) =>
        run.ParentRunId is { } parent && parent != run.Id && known.Contains(parent) ? parent : null;

    private static IOrderedEnumerable<RunRecord> Sort(IEnumerable<RunRecord> runs) =>
        runs.OrderBy(run => run.StartTime).ThenBy(run => run.DottedOrder, StringComparer.Ordinal).ThenBy(run => run.Id);
}
