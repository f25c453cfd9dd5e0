using LangSmith.Server.Storage;

namespace LangSmith.Server.Explore.Statistics;

/// <summary>Unites the feedback of several runs by key. Not thread-safe.</summary>
internal sealed class FeedbackTally
{
    private readonly SortedDictionary<string, FeedbackSummary> _byKey = new(StringComparer.Ordinal);

    public IReadOnlyList<FeedbackSummary> Summaries => [.. _byKey.Values];

    public void Add(IEnumerable<FeedbackSummary> summaries)
    {
        foreach (var summary in summaries)
        {
            _byKey[summary.Key] = _byKey.TryGetValue(summary.Key, out var before) ? Unite(before, summary) : summary;
        }
    }

    private static FeedbackSummary Unite(FeedbackSummary one, FeedbackSummary other)
    {
        // Rows without a score count in both; the mean over rows is close to that over scores only when all have one.
        var (weightOne, weightOther) = (one.Average is null ? 0 : one.Count, other.Average is null ? 0 : other.Count);
        var weight = weightOne + weightOther;
        double? average = weight == 0 ? null : (((one.Average ?? 0) * weightOne) + ((other.Average ?? 0) * weightOther)) / weight;
        var values = new Dictionary<string, int>(one.Values, StringComparer.Ordinal);
        foreach (var (value, count) in other.Values)
        {
            values[value] = values.GetValueOrDefault(value) + count;
        }

        return new FeedbackSummary
        {
            Key = one.Key,
            Count = one.Count + other.Count,
            Average = average,
            Minimum = Least(one.Minimum, other.Minimum),
            Maximum = -Least(-one.Maximum, -other.Maximum),
            StandardDeviation = average is { } mean ? Math.Sqrt((Spread(one, weightOne, mean) + Spread(other, weightOther, mean)) / weight) : null,
            Errors = one.Errors + other.Errors,
            Values = values,
            Comments = [.. one.Comments, .. other.Comments],
        };
    }

    /// <summary>The sum of squared distances from a mean that need not be the part's own.</summary>
    private static double Spread(FeedbackSummary part, int weight, double mean)
    {
        var distance = (part.Average ?? 0) - mean;
        var deviation = part.StandardDeviation ?? 0;
        return weight * ((deviation * deviation) + (distance * distance));
    }

    private static double? Least(double? one, double? other) => one is null ? other : other is null ? one : Math.Min(one.Value, other.Value);
}
