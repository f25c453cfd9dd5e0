using LangSmith.Server.Domain;

namespace LangSmith.Server.Explore;

/// <summary>Carries the first token up the tree: a trace begins to answer when the first of its models does.</summary>
public static class FirstTokenRollup
{
    /// <summary>The earliest first token of each run and everything below it; runs without one are absent.</summary>
    /// <param name="runs">Whole traces.</param>
    public static IReadOnlyDictionary<Guid, DateTimeOffset> Of(IReadOnlyCollection<RunRecord> runs)
    {
        var byId = runs.ToDictionary(run => run.Id);
        var earliest = new Dictionary<Guid, DateTimeOffset>();
        foreach (var run in runs)
        {
            // An ancestor that has an earlier one has it from this path or another: what is above has too.
            for (var above = run; run.FirstTokenTime is { } time && Lower(earliest, above.Id, time);)
            {
                if (above.ParentRunId is not { } parent || !byId.TryGetValue(parent, out above!))
                {
                    break;
                }
            }
        }

        return earliest;
    }

    /// <summary>Sets a time where there is none or a later one; false leaves it, which also ends circles.</summary>
    private static bool Lower(Dictionary<Guid, DateTimeOffset> earliest, Guid run, DateTimeOffset time)
    {
        if (earliest.TryGetValue(run, out var known) && known <= time)
        {
            return false;
        }

        earliest[run] = time;
        return true;
    }
}
