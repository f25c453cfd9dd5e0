using LangSmith.Server.Domain;
using LangSmith.Server.Explore.Statistics;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Explore.Threads;

/// <summary>Reads threads. Thread-safe.</summary>
public sealed class ThreadReading(RunReading reading, IRunStore runs)
{
    /// <summary>The threads among the root runs that match, newest activity first.</summary>
    /// <exception cref="TooManyRunsException">More than <see cref="ExploreLimits.StatisticsRunsMax"/> root runs match.</exception>
    public async Task<IReadOnlyList<ThreadSummary>> ListAsync(WorkspaceId workspace, RunFilter filter, CancellationToken cancellationToken)
    {
        var query = new RunQuery { Workspace = workspace, Filter = Turns(filter), Payload = RunPayload.None };
        var threads = new Dictionary<string, List<RunRecord>>(StringComparer.Ordinal);
        var count = 0;
        await foreach (var run in reading.AllAsync(query, cancellationToken))
        {
            if (++count > ExploreLimits.StatisticsRunsMax)
            {
                throw new TooManyRunsException(ExploreLimits.StatisticsRunsMax);
            }

            if (threads.TryGetValue(run.ThreadId!, out var turns))
            {
                turns.Add(run);
            }
            else
            {
                threads[run.ThreadId!] = [run];
            }
        }

        var summaries = new List<ThreadSummary>(threads.Count);
        foreach (var (id, turns) in threads)
        {
            summaries.Add(await SummarizeAsync(workspace, id, turns, cancellationToken));
        }

        return [.. summaries.OrderByDescending(thread => thread.LastActivity).ThenBy(thread => thread.ThreadId, StringComparer.Ordinal)];
    }

    /// <summary>One thread; null when no root run that matches belongs to it.</summary>
    public async Task<ThreadSummary?> FindAsync(WorkspaceId workspace, string threadId, RunFilter? filter, CancellationToken cancellationToken)
    {
        var own = new RunFilter.Compare(RunProperty.ThreadId, Comparison.Equal, threadId);
        var found = await ListAsync(workspace, filter is null ? own : new RunFilter.AllOf(own, filter), cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>What makes a run a turn of a thread, besides a filter.</summary>
    public static RunFilter Turns(RunFilter filter) => new RunFilter.AllOf(
        filter,
        new RunFilter.Compare(RunProperty.IsRoot, Comparison.Equal, true),
        new RunFilter.Not(new RunFilter.IsAbsent(RunProperty.ThreadId)));

    private async Task<ThreadSummary> SummarizeAsync(WorkspaceId workspace, string id, List<RunRecord> turns, CancellationToken cancellationToken)
    {
        var builder = new StatisticsBuilder();
        var feedback = await runs.SummarizeFeedbackAsync(workspace, [.. turns.Select(turn => turn.Id)], cancellationToken);
        var traces = await reading.TracesAsync(workspace, turns.Select(turn => turn.TraceId), int.MaxValue, cancellationToken);
        var usage = UsageRollup.Of(traces);
        foreach (var turn in turns)
        {
            builder.Add(turn);
            builder.Add(usage.GetValueOrDefault(turn.Id) ?? turn.Usage);
            builder.Add(feedback.GetValueOrDefault(turn.Id) ?? []);
        }

        return new ThreadSummary
        {
            ThreadId = id,
            First = turns[^1],
            Last = turns[0],
            Statistics = builder.Build(),
            Errors = turns.Count(turn => turn.Status == RunStatus.Error),
        };
    }
}
