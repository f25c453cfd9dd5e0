using LangSmith.Protocol;

namespace LangSmith.Server.Domain.Folding;

/// <summary>Tells which attempt each write of a run belongs to, and which write beats which.</summary>
/// <remarks>
/// An attempt is known by its start: the last segment of the dotted order, which posts and patches both carry, else the start time. A write
/// that has only a start time joins the attempt whose start is within a millisecond, because clients cut fractions differently in the two.
/// A write without either belongs to the latest attempt acknowledged before it. Apart from that last case the order of arrival plays no part.
/// </remarks>
internal sealed class AttemptOrder
{
    private static readonly TimeSpan s_sameStart = TimeSpan.FromMilliseconds(1);

    private AttemptOrder(IReadOnlyList<DateTimeOffset> starts, IReadOnlyList<RankedEntry> entries) => (Starts, Entries) = (starts, entries);

    /// <summary>The attempts' starts, ascending; empty when no write said one, which is a single attempt too.</summary>
    public IReadOnlyList<DateTimeOffset> Starts { get; }

    /// <summary>The writes, weakest first: by attempt, then post before patch, then order of acknowledgement.</summary>
    public IReadOnlyList<RankedEntry> Entries { get; }

    public int Count => Math.Max(1, Starts.Count);

    public static AttemptOrder Of(IReadOnlyList<JournalEntry> entries)
    {
        if (entries.Count == 1)
        {
            return new AttemptOrder(StartOf(entries[0].Write) is { } only ? [only] : [], [new RankedEntry(entries[0], 0)]);
        }

        var bySequence = entries.OrderBy(entry => entry.Sequence).ToArray();
        var starts = Starting(bySequence);
        var ranked = new RankedEntry[bySequence.Length];
        var latest = 0;
        for (var index = 0; index < bySequence.Length; index++)
        {
            var attempt = latest;
            if (StartOf(bySequence[index].Write) is { } start)
            {
                attempt = Nearest(starts, start);
                latest = Math.Max(latest, attempt);
            }

            ranked[index] = new RankedEntry(bySequence[index], attempt);
        }

        Array.Sort(ranked, RankedEntry.Compare);
        return new AttemptOrder(starts, ranked);
    }

    /// <summary>The start that tells a write's attempt; null when it says none.</summary>
    public static DateTimeOffset? StartOf(RunWrite write) =>
        DottedOrder.TryParseLast(write.DottedOrder, out var segment) ? segment.StartTime : write.StartTime;

    private static List<DateTimeOffset> Starting(JournalEntry[] entries)
    {
        var starts = new SortedSet<DateTimeOffset>();
        foreach (var entry in entries)
        {
            if (DottedOrder.TryParseLast(entry.Write.DottedOrder, out var segment))
            {
                starts.Add(segment.StartTime);
            }
        }

        // Ascending, so that the result depends on the set of writes alone.
        var loose = entries.Where(entry => !DottedOrder.TryParseLast(entry.Write.DottedOrder, out _) && entry.Write.StartTime is not null);
        foreach (var start in loose.Select(entry => entry.Write.StartTime!.Value).Order())
        {
            if (!starts.Any(known => (known - start).Duration() <= s_sameStart))
            {
                starts.Add(start);
            }
        }

        return [.. starts];
    }

    private static int Nearest(List<DateTimeOffset> starts, DateTimeOffset start)
    {
        var nearest = 0;
        for (var index = 1; index < starts.Count; index++)
        {
            if ((starts[index] - start).Duration() < (starts[nearest] - start).Duration())
            {
                nearest = index;
            }
        }

        return nearest;
    }
}
