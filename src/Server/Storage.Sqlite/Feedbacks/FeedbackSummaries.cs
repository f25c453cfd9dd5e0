using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Filters;

namespace LangSmith.Server.Storage.Sqlite.Feedbacks;

/// <summary>Aggregates the feedback of runs by key.</summary>
internal static class FeedbackSummaries
{
    private const int CommentsMax = 10;

    public static IReadOnlyDictionary<Guid, IReadOnlyList<FeedbackSummary>> Of(
        Statements statements, WorkspaceId workspace, IReadOnlyCollection<Guid> runIds)
    {
        if (runIds.Count == 0)
        {
            return new Dictionary<Guid, IReadOnlyList<FeedbackSummary>>();
        }

        var sql = Print(workspace, runIds);
        return statements.Prepare(sql.Text)
            .List(
                row => (Run: row.Id(0), Key: row.Text(1), Score: row.FractionOrNull(2),
                    Value: row.TextOrNull(3), Comment: row.TextOrNull(4), Error: row.Truth(5)),
                sql.Values)
            .GroupBy(row => row.Run)
            .ToDictionary(
                run => run.Key,
                run => (IReadOnlyList<FeedbackSummary>)[.. run
                    .GroupBy(row => row.Key, StringComparer.Ordinal)
                    .OrderBy(key => key.Key, StringComparer.Ordinal)
                    .Select(key => Summarize(
                        key.Key, [.. key.Select(row => row.Score).OfType<double>()], [.. key.Select(row => row.Value).OfType<string>()],
                        [.. key.Select(row => row.Comment).OfType<string>()], key.Count(), key.Count(row => row.Error)))]);
    }

    /// <summary>The statement that reads the feedback of runs; see <see cref="FeedbackRow.Print"/> for its index.</summary>
    internal static SqlText Print(WorkspaceId workspace, IReadOnlyCollection<Guid> runIds) => new SqlText()
        .Add("SELECT run_id, key, score, value, comment, is_error FROM feedback INDEXED BY feedback_run WHERE workspace = ").Value(workspace.Value)
        .AndIn("run_id", runIds).Add(" ORDER BY created_at, id");

    private static FeedbackSummary Summarize(string key, double[] scores, string[] values, string[] comments, int count, int errors)
    {
        double? average = scores.Length == 0 ? null : scores.Average();
        return new FeedbackSummary
        {
            Key = key,
            Count = count,
            Scored = scores.Length,
            Average = average,
            Minimum = scores.Length == 0 ? null : scores.Min(),
            Maximum = scores.Length == 0 ? null : scores.Max(),
            StandardDeviation = average is { } mean ? Math.Sqrt(scores.Average(score => (score - mean) * (score - mean))) : null,
            Errors = errors,
            Values = values.CountBy(value => value).ToDictionary(pair => pair.Key, pair => pair.Value),
            Comments = [.. comments.Take(CommentsMax)],
        };
    }
}
