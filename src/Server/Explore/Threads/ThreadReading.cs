using LangSmith.Server.Domain;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Explore.Threads;

/// <summary>Reads threads. Thread-safe.</summary>
public sealed class ThreadReading(IRunStatistics statistics, IRunStore runs)
{
    /// <summary>A page of the threads among the root runs that match, newest activity first.</summary>
    /// <param name="workspace">Whose.</param>
    /// <param name="filter">What a turn must satisfy; null means anything.</param>
    /// <param name="offset">Threads to leave out.</param>
    /// <param name="limit">Threads at most.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The threads, and how many there are in all, up to <see cref="ExploreLimits.ThreadsMax"/>.</returns>
    public async Task<(IReadOnlyList<ThreadSummary> Threads, int Total)> ListAsync(
        WorkspaceId workspace, RunFilter? filter, int offset, int limit, CancellationToken cancellationToken)
    {
        var query = new RunStatisticsQuery
        {
            Workspace = workspace,
            Filter = filter,
            IsRoot = true,
            WholeTraces = true,
            GroupBy = new RunGrouping(RunAttribute.Thread),
            GroupsMax = ExploreLimits.ThreadsMax,
        };
        var groups = await statistics.SummarizeAsync(query, cancellationToken);
        var page = groups.OrderByDescending(group => group.LastStart).ThenBy(group => group.Group, StringComparer.Ordinal).Skip(offset).Take(limit);
        var threads = new List<ThreadSummary>();
        foreach (var group in page)
        {
            var first = await TurnAsync(workspace, group.Group!, filter, ascending: true, cancellationToken);
            var last = await TurnAsync(workspace, group.Group!, filter, ascending: false, cancellationToken);
            if (first is not null && last is not null)
            {
                threads.Add(new ThreadSummary(group.Group!, first, last, group));
            }
        }

        return (threads, groups.Count);
    }

    /// <summary>One thread; null when no root run that matches belongs to it.</summary>
    public async Task<ThreadSummary?> FindAsync(WorkspaceId workspace, string threadId, RunFilter? filter, CancellationToken cancellationToken)
    {
        var (threads, _) = await ListAsync(workspace, Of(threadId, filter), 0, 1, cancellationToken);
        return threads.Count == 0 ? null : threads[0];
    }

    /// <summary>What makes a run a turn of a thread.</summary>
    public static RunFilter Turns(string threadId, RunFilter? filter) =>
        new RunFilter.AllOf(Of(threadId, filter), new RunFilter.Compare(RunProperty.IsRoot, Comparison.Equal, true));

    private static RunFilter Of(string threadId, RunFilter? filter)
    {
        var own = new RunFilter.Compare(RunProperty.ThreadId, Comparison.Equal, threadId);
        return filter is null ? own : new RunFilter.AllOf(own, filter);
    }

    private async Task<RunRecord?> TurnAsync(
        WorkspaceId workspace, string threadId, RunFilter? filter, bool ascending, CancellationToken cancellationToken)
    {
        var query = new RunQuery
        {
            Workspace = workspace,
            Filter = Turns(threadId, filter),
            Ascending = ascending,
            Limit = 1,
            Payload = RunPayload.None,
        };
        return (await runs.QueryAsync(query, cancellationToken)).Runs is [var turn, ..] ? turn : null;
    }
}
