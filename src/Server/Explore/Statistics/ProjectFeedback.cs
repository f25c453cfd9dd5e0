using System.Text.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Explore.Statistics;

/// <summary>Reads what is said about projects themselves, not about their runs. Thread-safe.</summary>
public sealed class ProjectFeedback(IRunStore runs)
{
    private const int PageSize = 1_000;

    /// <summary>The project's own feedback by key.</summary>
    public async Task<IReadOnlyList<FeedbackSummary>> OfAsync(WorkspaceId workspace, Guid projectId, CancellationToken cancellationToken)
    {
        var all = new List<Feedback>();
        var query = new FeedbackQuery { Workspace = workspace, ProjectIds = [projectId], OnRuns = false, Limit = PageSize };
        IReadOnlyList<Feedback> page;
        do
        {
            page = await runs.ListFeedbackAsync(query with { Offset = all.Count }, cancellationToken);
            all.AddRange(page);
        }
        while (page.Count == PageSize && all.Count < ExploreLimits.FeedbackRunsMax);

        var tally = new FeedbackTally();
        // Those with a score first: the tally's mean is exact as long as every row that it has seen has one.
        tally.Add(all.Select(Summary).OrderByDescending(summary => summary.Average is not null));
        return tally.Summaries;
    }

    private static FeedbackSummary Summary(Feedback feedback)
    {
        var score = Score(feedback.Score);
        return new FeedbackSummary
        {
            Key = feedback.Key,
            Count = 1,
            Average = score,
            Minimum = score,
            Maximum = score,
            StandardDeviation = score is null ? null : 0,
            Errors = feedback.Error ? 1 : 0,
            Values = Value(feedback.Value) is { } value ? new Dictionary<string, int> { [value] = 1 } : new Dictionary<string, int>(),
            Comments = feedback.Comment is { } comment ? [comment] : [],
        };
    }

    private static double? Score(ReadOnlyMemory<byte> json) => Parse(json) switch
    {
        { ValueKind: JsonValueKind.True } => 1,
        { ValueKind: JsonValueKind.False } => 0,
        { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        _ => null,
    };

    private static string? Value(ReadOnlyMemory<byte> json) => Parse(json) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Parse(ReadOnlyMemory<byte> json) => json.IsEmpty ? null : JsonElement.Parse(json.Span);
}
