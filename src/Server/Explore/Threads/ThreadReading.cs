using LangSmith.Server.Domain;
using LangSmith.Server.Explore.Statistics;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Explore.Threads;

/// <summary>Reads threads. Thread-safe.</summary>
public sealed class ThreadReading(IRunStatistics statistics, IRunStore runs)
{
    /// <summary>A page of the threads among the root runs that match, newest activity first.</summary>
    /// <param name="workspace">Whose.</param>
    /// <param name="wanted">What counts as a turn.</param>
    /// <param name="offset">Threads to leave out.</param>
    /// <param name="limit">Threads at most.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The threads, and how many there are in all, up to <see cref="ExploreLimits.ThreadsMax"/>.</returns>
    public async Task<(IReadOnlyList<ThreadSummary> Threads, int Total)> ListAsync(
        WorkspaceId workspace, ThreadQuery wanted, int offset, int limit, CancellationToken cancellationToken)
    {
        var project = wanted.TreeFilter is null && wanted.Filter is RunFilter.Compare { Property: RunProperty.ProjectId, Comparison: Comparison.Equal } compare
            ? compare.Value as FilterValue.Id
            : null;
        var (page, total) = project is null
            ? await SortedAsync(workspace, wanted, offset, limit, cancellationToken)
            : await NewestAsync(workspace, wanted, project.Value, offset, limit, cancellationToken);
        var threads = new List<ThreadSummary>();
        foreach (var group in page)
        {
            var first = await TurnAsync(workspace, group.Group!, wanted, ascending: true, cancellationToken);
            var last = await TurnAsync(workspace, group.Group!, wanted, ascending: false, cancellationToken);
            if (first is not null && last is not null)
            {
                threads.Add(new ThreadSummary(group.Group!, first, last, group));
            }
        }

        return (threads, Math.Min(total, ExploreLimits.ThreadsMax));
    }

    /// <summary>One thread; null when no root run that matches belongs to it.</summary>
    public async Task<ThreadSummary?> FindAsync(WorkspaceId workspace, string threadId, ThreadQuery wanted, CancellationToken cancellationToken)
    {
        var (threads, _) = await ListAsync(workspace, wanted with { Filter = Of(threadId, wanted.Filter) }, 0, 1, cancellationToken);
        return threads.Count == 0 ? null : threads[0];
    }

    /// <summary>How many threads there are, up to <see cref="ExploreLimits.ThreadsMax"/>, and the figures of all their turns.</summary>
    public async Task<(int Threads, RunFigures Figures)> SumAsync(WorkspaceId workspace, ThreadQuery wanted, CancellationToken cancellationToken)
    {
        var byThread = ByThread(workspace, wanted);
        var groups = await statistics.SummarizeAsync(byThread, cancellationToken);
        var inThreads = new RunFilter.Not(new RunFilter.IsAbsent(RunProperty.ThreadId));
        var all = byThread with { GroupBy = null, Filter = wanted.Filter is null ? inThreads : new RunFilter.AllOf(wanted.Filter, inThreads) };
        return (groups.Count, (await statistics.SummarizeAsync(all, cancellationToken))[0]);
    }

    /// <summary>The feedback on the turns of a thread, and on the thread itself.</summary>
    public async Task<IReadOnlyList<FeedbackSummary>> FeedbackAsync(
        WorkspaceId workspace, string threadId, ThreadQuery wanted, CancellationToken cancellationToken)
    {
        var tally = new FeedbackTally();
        var turns = new RunQuery
        {
            Workspace = workspace,
            Filter = Turns(threadId, wanted.Filter),
            TreeFilter = wanted.TreeFilter,
            Payload = RunPayload.None,
            Limit = ExploreLimits.PageSize,
        };
        for (RunQuery? next = turns; next is not null;)
        {
            var page = await runs.QueryAsync(next, cancellationToken);
            var summaries = await runs.SummarizeFeedbackAsync(workspace, [.. page.Runs.Select(run => run.Id)], cancellationToken);
            foreach (var summary in summaries.Values)
            {
                tally.Add(summary);
            }

            next = page.Next is { } position ? next with { After = position } : null;
        }

        var onThread = new FeedbackQuery { Workspace = workspace, ThreadId = threadId, OnRuns = false, Limit = ExploreLimits.PageSize };
        foreach (var feedback in await runs.ListFeedbackAsync(onThread, cancellationToken))
        {
            tally.Add(feedback);
        }

        return tally.Summaries;
    }

    /// <summary>The feedback on the threads of a project themselves.</summary>
    public async Task<IReadOnlyList<FeedbackSummary>> ProjectFeedbackAsync(WorkspaceId workspace, Guid projectId, CancellationToken cancellationToken)
    {
        var tally = new FeedbackTally();
        var query = new FeedbackQuery { Workspace = workspace, ProjectIds = [projectId], OnRuns = false, Limit = ExploreLimits.PageSize };
        foreach (var feedback in (await runs.ListFeedbackAsync(query, cancellationToken)).Where(feedback => feedback.ThreadId is not null))
        {
            tally.Add(feedback);
        }

        return tally.Summaries;
    }

    /// <summary>What makes a run a turn of a thread.</summary>
    public static RunFilter Turns(string threadId, RunFilter? filter) =>
        new RunFilter.AllOf(Of(threadId, filter), new RunFilter.Compare(RunProperty.IsRoot, Comparison.Equal, true));

    /// <summary>The usual question: an engine knows the order of a project's threads without the figures of all.</summary>
    private async Task<(IReadOnlyList<RunFigures> Page, int Total)> NewestAsync(
        WorkspaceId workspace, ThreadQuery wanted, Guid project, int offset, int limit, CancellationToken cancellationToken)
    {
        var (ids, total) = await statistics.ListThreadsAsync(workspace, project, offset, limit, cancellationToken);
        if (ids.Count == 0)
        {
            return ([], total);
        }

        var ofThese = new RunFilter.AllOf(wanted.Filter!, new RunFilter.OneOf(RunProperty.ThreadId, [.. ids.Select(id => (FilterValue)id)]));
        var figures = (await statistics.SummarizeAsync(ByThread(workspace, wanted with { Filter = ofThese }), cancellationToken))
            .ToDictionary(group => group.Group!, StringComparer.Ordinal);
        return ([.. ids.Where(figures.ContainsKey).Select(id => figures[id])], total);
    }

    private async Task<(IReadOnlyList<RunFigures> Page, int Total)> SortedAsync(
        WorkspaceId workspace, ThreadQuery wanted, int offset, int limit, CancellationToken cancellationToken)
    {
        var groups = await statistics.SummarizeAsync(ByThread(workspace, wanted), cancellationToken);
        var page = groups.OrderByDescending(group => group.LastStart).ThenBy(group => group.Group, StringComparer.Ordinal).Skip(offset).Take(limit);
        return ([.. page], groups.Count);
    }

    private static RunStatisticsQuery ByThread(WorkspaceId workspace, ThreadQuery wanted) => new()
    {
        Workspace = workspace,
        Filter = wanted.Filter,
        TreeFilter = wanted.TreeFilter,
        IsRoot = true,
        WholeTraces = true,
        GroupBy = new RunGrouping(RunAttribute.Thread),
        GroupsMax = ExploreLimits.ThreadsMax,
    };

    private static RunFilter Of(string threadId, RunFilter? filter)
    {
        var own = new RunFilter.Compare(RunProperty.ThreadId, Comparison.Equal, threadId);
        return filter is null ? own : new RunFilter.AllOf(own, filter);
    }

    private async Task<RunRecord?> TurnAsync(
        WorkspaceId workspace, string threadId, ThreadQuery wanted, bool ascending, CancellationToken cancellationToken)
    {
        var query = new RunQuery
        {
            Workspace = workspace,
            Filter = Turns(threadId, wanted.Filter),
            TreeFilter = wanted.TreeFilter,
            Ascending = ascending,
            Limit = 1,
            Payload = RunPayload.None,
        };
        return (await runs.QueryAsync(query, cancellationToken)).Runs is [var turn, ..] ? turn : null;
    }
}
