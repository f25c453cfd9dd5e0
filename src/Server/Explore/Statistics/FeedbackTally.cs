using System.Text.Json;
using LangSmith.Server.Domain;
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
            Add(summary);
        }
    }

    public void Add(Feedback feedback)
    {
        var score = Score(feedback);
        Add(new FeedbackSummary
        {
            Key = feedback.Key,
            Count = 1,
            Scored = score is null ? 0 : 1,
            Average = score,
            Minimum = score,
            Maximum = score,
            StandardDeviation = score is null ? null : 0,
            Errors = feedback.Error ? 1 : 0,
            Values = Text(feedback.Value) is { } value ? new Dictionary<string, int> { [value] = 1 } : [],
            Comments = feedback.Comment is { } comment ? [comment] : [],
        });
    }

    private void Add(FeedbackSummary summary) =>
        _byKey[summary.Key] = _byKey.TryGetValue(summary.Key, out var before) ? Unite(before, summary) : summary;

    /// <summary>A score as a number: true is one, false is none of it.</summary>
    private static double? Score(Feedback feedback) => feedback.Score.IsEmpty ? null : JsonElement.Parse(feedback.Score.Span) switch
    {
        { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        { ValueKind: JsonValueKind.True } => 1,
        { ValueKind: JsonValueKind.False } => 0,
        _ => null,
    };

    private static string? Text(ReadOnlyMemory<byte> json) =>
        !json.IsEmpty && JsonElement.Parse(json.Span) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static FeedbackSummary Unite(FeedbackSummary one, FeedbackSummary other)
    {
        var (weightOne, weightOther) = (one.Scored, other.Scored);
        var weight = weightOne + weightOther;
        double? average = weight == 0 ? null : (((one.Average ?? 0) * weightOne) + ((other.Average ?? 0) * weightOther)) / weight;
        var values = new Dictionary<string, int>(one.Values, StringComparer.Ordinal);
        foreach (var (value, count) in other.Values)
        {
            // Values are texts of people's own: the first ones are counted on, and no new ones begun beyond the bound.
            if (values.Count < ExploreLimits.FeedbackValuesMax || values.ContainsKey(value))
            {
                values[value] = values.GetValueOrDefault(value) + count;
            }
        }

        return new FeedbackSummary
        {
            Key = one.Key,
            Count = one.Count + other.Count,
            Scored = weight,
            Average = average,
            Minimum = Least(one.Minimum, other.Minimum),
            Maximum = -Least(-one.Maximum, -other.Maximum),
            StandardDeviation = average is { } mean ? Math.Sqrt((Spread(one, weightOne, mean) + Spread(other, weightOther, mean)) / weight) : null,
            Errors = one.Errors + other.Errors,
            Values = values,
            Comments = [.. one.Comments.Concat(other.Comments).Take(ExploreLimits.CommentsMax)],
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
