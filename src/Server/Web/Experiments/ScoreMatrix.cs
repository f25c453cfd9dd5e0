using LangSmith.Server.Storage;

namespace LangSmith.Server.Web.Experiments;

/// <summary>The scores of experiments, example by example, against one of them. Not thread-safe while it is filled.</summary>
/// <param name="baseline">The column that the others are measured by.</param>
/// <param name="lowerIsBetter">Keys whose small scores are the good ones.</param>
public sealed class ScoreMatrix(int baseline, IReadOnlySet<string> lowerIsBetter)
{
    /// <summary>Scores closer than this are equal: they are means of floating point numbers.</summary>
    private const double Tolerance = 1e-9;

    private readonly Dictionary<(Guid Example, int Column), SortedDictionary<string, (double Sum, int Count)>> _cells = [];

    /// <summary>The examples that any experiment has runs of.</summary>
    public IReadOnlySet<Guid> Examples => _cells.Keys.Select(cell => cell.Example).ToHashSet();

    /// <summary>Adds what was said about a run of an example; several runs of one experiment are averaged.</summary>
    public void Add(Guid example, int column, IEnumerable<FeedbackSummary> feedback)
    {
        if (!_cells.TryGetValue((example, column), out var cell))
        {
            _cells[(example, column)] = cell = new SortedDictionary<string, (double, int)>(StringComparer.Ordinal);
        }

        foreach (var summary in feedback)
        {
            if (summary.Average is { } average)
            {
                var (sum, count) = cell.GetValueOrDefault(summary.Key);
                cell[summary.Key] = (sum + average, count + 1);
            }
        }
    }

    /// <summary>The scores of an example in a column, by key.</summary>
    public IReadOnlyList<Score> Of(Guid example, int column)
    {
        if (!_cells.TryGetValue((example, column), out var cell))
        {
            return [];
        }

        var reference = column == baseline ? null : _cells.GetValueOrDefault((example, baseline));
        return [.. cell.Select(score => Compare(
            score.Key, score.Value.Sum / score.Value.Count, reference?.TryGetValue(score.Key, out var other) == true ? other.Sum / other.Count : null))];
    }

    /// <summary>The mean of each key over all examples of a column, compared over the same key of the baseline.</summary>
    public IReadOnlyList<Score> Averages(int column)
    {
        var reference = column == baseline ? [] : Means(baseline);
        return [.. Means(column).Select(mean => Compare(mean.Key, mean.Value, reference.TryGetValue(mean.Key, out var other) ? other : null))];
    }

    /// <summary>The examples of which a column has at least one score with this verdict.</summary>
    public IReadOnlySet<Guid> With(Verdict verdict, int column) =>
        _cells.Keys.Where(cell => cell.Column == column && Of(cell.Example, column).Any(score => score.Verdict == verdict))
            .Select(cell => cell.Example).ToHashSet();

    private SortedDictionary<string, double> Means(int column)
    {
        var scores = _cells.Where(cell => cell.Key.Column == column).SelectMany(cell => cell.Value).GroupBy(score => score.Key, StringComparer.Ordinal);
        return new SortedDictionary<string, double>(
            scores.ToDictionary(key => key.Key, key => key.Average(score => score.Value.Sum / score.Value.Count)), StringComparer.Ordinal);
    }

    private Score Compare(string key, double value, double? reference)
    {
        var delta = value - reference;
        var verdict = delta is not { } distance || Math.Abs(distance) < Tolerance ? Verdict.Same
            : distance > 0 == lowerIsBetter.Contains(key) ? Verdict.Worse
            : Verdict.Better;
        return new Score(key, value, delta, verdict);
    }
}
