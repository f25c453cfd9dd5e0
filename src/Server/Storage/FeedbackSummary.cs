namespace LangSmith.Server.Storage;

/// <summary>The feedback of one key, aggregated.</summary>
public sealed record FeedbackSummary
{
    public required string Key { get; init; }

    /// <summary>Rows of the key.</summary>
    public required int Count { get; init; }

    /// <summary>Rows that have a score, over which the figures below are.</summary>
    public int Scored { get; init; }

    /// <summary>Over the scores, booleans as 1 and 0; null when there is none.</summary>
    public double? Average { get; init; }

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    /// <summary>Population standard deviation of the scores; null when there is none.</summary>
    public double? StandardDeviation { get; init; }

    public int Errors { get; init; }

    /// <summary>How often each text value was given.</summary>
    public IReadOnlyDictionary<string, int> Values { get; init; } = new Dictionary<string, int>();

    public IReadOnlyList<string> Comments { get; init; } = [];
}
