using LangSmith.Server.Domain;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Explore.Statistics;

/// <summary>Reads figures over runs, together with their feedback. Thread-safe.</summary>
public sealed class FigureReading(IRunStatistics statistics, IRunStore runs, RunReading reading)
{
    /// <summary>The figures of all runs that match.</summary>
    public async Task<ReadFigures> OfAsync(RunStatisticsQuery query, CancellationToken cancellationToken)
    {
        var figures = (await statistics.SummarizeAsync(query with { GroupBy = null, Bucket = null }, cancellationToken))[0];
        return new ReadFigures(figures, figures.Runs > ExploreLimits.FeedbackRunsMax ? null : await FeedbackAsync(query, cancellationToken));
    }

    /// <summary>The figures by group, those with the most runs first; without feedback.</summary>
    public Task<IReadOnlyList<RunFigures>> GroupsAsync(RunStatisticsQuery query, CancellationToken cancellationToken) =>
        statistics.SummarizeAsync(query, cancellationToken);

    /// <summary>What stands around a table of runs, with the feedback of the newest of them.</summary>
    public async Task<ReadOverview> OverviewAsync(RunOverviewQuery query, CancellationToken cancellationToken)
    {
        var overview = await statistics.OverviewAsync(query with { NewestMax = ExploreLimits.PageSize }, cancellationToken);
        var tally = new FeedbackTally();
        foreach (var summaries in (await runs.SummarizeFeedbackAsync(query.Runs.Workspace, overview.Newest, cancellationToken)).Values)
        {
            tally.Add(summaries);
        }

        return new ReadOverview(overview, tally.Summaries);
    }

    /// <summary>How many runs have which value of an attribute; of very many runs, the newest are counted.</summary>
    public async Task<RunFacet> ValuesAsync(RunStatisticsQuery runs, RunGrouping grouping, int valuesMax, CancellationToken cancellationToken)
    {
        var query = new RunOverviewQuery { Runs = runs, Facets = [grouping], ValuesMax = valuesMax };
        return (await statistics.OverviewAsync(query, cancellationToken)).Facets[0];
    }

    /// <summary>The figures of a project: its traces, by their root runs.</summary>
    public async Task<ReadFigures> OfProjectAsync(WorkspaceId workspace, Guid projectId, DateTimeOffset? from, CancellationToken cancellationToken)
    {
        var query = new RunStatisticsQuery { Workspace = workspace, ProjectIds = [projectId], IsRoot = true, From = from, WholeTraces = true };
        var figures = await OfAsync(query, cancellationToken);
        var tally = new FeedbackTally();
        var onProject = new FeedbackQuery { Workspace = workspace, ProjectIds = [projectId], OnRuns = false, Limit = ExploreLimits.PageSize };
        foreach (var feedback in await runs.ListFeedbackAsync(onProject, cancellationToken))
        {
            tally.Add(feedback);
        }

        return figures with { ProjectFeedback = tally.Summaries };
    }

    private async Task<IReadOnlyList<FeedbackSummary>> FeedbackAsync(RunStatisticsQuery query, CancellationToken cancellationToken)
    {
        var tally = new FeedbackTally();
        var matching = new RunQuery
        {
            Workspace = query.Workspace,
            Filter = Filter(query),
            TraceFilter = query.TraceFilter,
            TreeFilter = query.TreeFilter,
            Payload = RunPayload.None,
        };
        await foreach (var page in reading.AllAsync(matching, cancellationToken).Chunk(ExploreLimits.PageSize).WithCancellation(cancellationToken))
        {
            var summaries = await runs.SummarizeFeedbackAsync(query.Workspace, [.. page.Select(run => run.Id)], cancellationToken);
            foreach (var summary in summaries.Values)
            {
                tally.Add(summary);
            }
        }

        return tally.Summaries;
    }

    private static RunFilter.AllOf Filter(RunStatisticsQuery query)
    {
        var parts = new List<RunFilter>();
        if (query.ProjectIds.Count > 0)
        {
            parts.Add(new RunFilter.OneOf(RunProperty.ProjectId, [.. query.ProjectIds.Select(id => (FilterValue)id)]));
        }

        if (query.IsRoot is { } isRoot)
        {
            parts.Add(new RunFilter.Compare(RunProperty.IsRoot, Comparison.Equal, isRoot));
        }

        if (query.From is { } from)
        {
            parts.Add(new RunFilter.Compare(RunProperty.StartTime, Comparison.GreaterOrEqual, from));
        }

        if (query.To is { } to)
        {
            parts.Add(new RunFilter.Compare(RunProperty.StartTime, Comparison.Less, to));
        }

        if (query.Filter is { } filter)
        {
            parts.Add(filter);
        }

        return new RunFilter.AllOf(parts);
    }
}
