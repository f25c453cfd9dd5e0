using LangSmith.Server.Domain;

namespace LangSmith.Server.Explore;

/// <summary>Where a run stands in its trace.</summary>
/// <param name="FirstStart">The earliest start in the trace.</param>
/// <param name="LastStart">The latest one.</param>
/// <param name="Children">The runs right below it, in the order of their start.</param>
/// <param name="Descendants">All runs below it, in the order of their start.</param>
public sealed record TraceMembers(
    DateTimeOffset FirstStart, DateTimeOffset LastStart, IReadOnlyList<Guid> Children, IReadOnlyList<Guid> Descendants)
{
    /// <summary>Finds the place of some runs of traces that are given whole.</summary>
    internal static IReadOnlyDictionary<Guid, TraceMembers> Of(IReadOnlyCollection<RunRecord> traces, IReadOnlyCollection<RunRecord> wanted)
    {
        var byTrace = traces.ToLookup(run => run.TraceId);
        var byParent = traces.Where(run => run.ParentRunId is not null).ToLookup(run => run.ParentRunId!.Value);
        return wanted.Where(run => byTrace[run.TraceId].Any()).DistinctBy(run => run.Id).ToDictionary(
            run => run.Id,
            run => new TraceMembers(
                byTrace[run.TraceId].Min(other => other.StartTime),
                byTrace[run.TraceId].Max(other => other.StartTime),
                [.. byParent[run.Id].Select(child => child.Id)],
                [.. Below(run.Id, byParent).OrderBy(other => other.StartTime).Select(other => other.Id)]));
    }

    /// <summary>Parents come from clients: a circle of them must end.</summary>
    private static List<RunRecord> Below(Guid run, ILookup<Guid, RunRecord> byParent)
    {
        var seen = new HashSet<Guid> { run };
        var below = new List<RunRecord>();
        var waiting = new Queue<Guid>([run]);
        while (waiting.TryDequeue(out var parent))
        {
            foreach (var child in byParent[parent].Where(child => seen.Add(child.Id)))
            {
                below.Add(child);
                waiting.Enqueue(child.Id);
            }
        }

        return below;
    }
}
