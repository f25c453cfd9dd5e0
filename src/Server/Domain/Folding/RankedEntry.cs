namespace LangSmith.Server.Domain.Folding;

/// <summary>A write with its attempt.</summary>
internal readonly record struct RankedEntry(JournalEntry Entry, int Attempt)
{
    public RunWrite Write => Entry.Write;

    /// <summary>Which of two is weaker: the earlier attempt, then the post, then the earlier acknowledged.</summary>
    public static int Compare(RankedEntry one, RankedEntry other)
    {
        var byAttempt = one.Attempt.CompareTo(other.Attempt);
        var byKind = byAttempt != 0 ? byAttempt : one.Write.Kind.CompareTo(other.Write.Kind);
        return byKind != 0 ? byKind : one.Entry.Sequence.CompareTo(other.Entry.Sequence);
    }
}
