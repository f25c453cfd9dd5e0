using LangSmith.Server.Domain;
using LangSmith.Server.Storage;
using LangSmith.Server.Web.Feedbacks;

namespace LangSmith.Server.Web.Dashboards;

/// <summary>Averages the scores of feedback by the time at which it was given. Thread-safe.</summary>
internal sealed class FeedbackOverTime(IRunStore runs)
{
    /// <summary>Feedback that a chart looks at, the newest.</summary>
    private const int ItemsMax = 10_000;

    private const int PageSize = 100;
    private const int KeysMax = 5;

    /// <summary>The chart of the keys with the most scores.</summary>
    public async Task<DashboardChart> ChartAsync(
        WorkspaceId workspace, Guid projectId, IReadOnlyList<DateTimeOffset> times, TimeSpan bucket, CancellationToken cancellationToken)
    {
        var items = times.Count == 0 ? [] : await ReadAsync(workspace, projectId, times[0], cancellationToken);
        var byPlace = items.ToLookup(item => (item.Key, Index: (int)((item.CreatedAt - times[0]) / bucket)));
        var keys = items.GroupBy(item => item.Key, StringComparer.Ordinal).OrderByDescending(group => group.Count()).Take(KeysMax).Select(group => group.Key);
        return new DashboardChart("Feedback, average score", "score", "line", times,
        [
            .. keys.Select(key => (key, (IReadOnlyList<double?>)[
                .. times.Select((_, i) => byPlace[(key, i)].Average(item => item.Score))])),
        ]);
    }

    private async Task<List<FeedbackItem>> ReadAsync(WorkspaceId workspace, Guid projectId, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var found = new List<FeedbackItem>();
        var query = new FeedbackQuery { Workspace = workspace, ProjectIds = [projectId], HasScore = true, CreatedFrom = from, Limit = PageSize };
        for (var offset = 0; offset < ItemsMax; offset += PageSize)
        {
            var page = await runs.ListFeedbackAsync(query with { Offset = offset }, cancellationToken);
            found.AddRange(page.Select(FeedbackItem.Of).Where(item => item.Score is not null));
            if (page.Count < PageSize)
            {
                break;
            }
        }

        return found;
    }
}
