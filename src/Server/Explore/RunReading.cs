using System.Runtime.CompilerServices;
using LangSmith.Server.Domain;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Explore;

/// <summary>Reads runs as people see them: with their feedback and the tokens of what is below them. Thread-safe.</summary>
public sealed class RunReading(IRunStore runs)
{
    /// <summary>Reads a run by its id alone; null when the workspace has none.</summary>
    public async Task<ReadRun?> FindAsync(WorkspaceId workspace, Guid runId, RunPayload payload, CancellationToken cancellationToken)
    {
        var run = await runs.FindAsync(workspace, runId, payload, cancellationToken);
        return run is null ? null : (await CompleteAsync(workspace, [run], true, true, cancellationToken))[0];
    }

    /// <summary>Reads a page of runs.</summary>
    /// <param name="query">Which.</param>
    /// <param name="withFeedback">Whether their feedback is wanted.</param>
    /// <param name="withUsage">Whether the usage of what is below them is wanted; otherwise they show their own.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<ReadRunPage> QueryAsync(RunQuery query, bool withFeedback, bool withUsage, CancellationToken cancellationToken)
    {
        var page = await runs.QueryAsync(query, cancellationToken);
        return new ReadRunPage(await CompleteAsync(query.Workspace, page.Runs, withFeedback, withUsage, cancellationToken), page.Next);
    }

    /// <summary>Reads all runs that match, page by page, newest first unless the query says otherwise.</summary>
    public async IAsyncEnumerable<RunRecord> AllAsync(RunQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (RunQuery? next = query with { Limit = ExploreLimits.PageSize }; next is not null;)
        {
            var page = await runs.QueryAsync(next, cancellationToken);
            foreach (var run in page.Runs)
            {
                yield return run;
            }

            next = page.Next is { } position ? next with { After = position } : null;
        }
    }

    /// <summary>Reads the runs of traces, without payloads, in the order of start.</summary>
    public async Task<IReadOnlyList<RunRecord>> TracesAsync(
        WorkspaceId workspace, IEnumerable<Guid> traceIds, int runsMax, CancellationToken cancellationToken)
    {
        var query = new RunQuery
        {
            Workspace = workspace,
            Filter = new RunFilter.OneOf(RunProperty.TraceId, [.. traceIds.Distinct().Select(id => (FilterValue)id)]),
            Ascending = true,
            Payload = RunPayload.None,
        };
        return await AllAsync(query, cancellationToken).Take(runsMax).ToListAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<ReadRun>> CompleteAsync(
        WorkspaceId workspace, IReadOnlyList<RunRecord> records, bool withFeedback, bool withUsage, CancellationToken cancellationToken)
    {
        if (records.Count == 0)
        {
            return [];
        }

        var feedback = withFeedback ? await runs.SummarizeFeedbackAsync(workspace, [.. records.Select(r => r.Id)], cancellationToken) : null;
        var usage = withUsage ? await UsageAsync(workspace, records, cancellationToken) : null;
        return [.. records.Select(r => new ReadRun(r, usage?.GetValueOrDefault(r.Id) ?? r.Usage, feedback?.GetValueOrDefault(r.Id)))];
    }

    private async Task<IReadOnlyDictionary<Guid, RunUsage>?> UsageAsync(
        WorkspaceId workspace, IReadOnlyList<RunRecord> records, CancellationToken cancellationToken)
    {
        // A model's call that reports its usage needs nobody else's.
        Guid[] traces = [.. records.Where(r => r.RunType != Protocol.RunTypes.Llm || r.Usage.TotalTokens is null).Select(r => r.TraceId)];
        if (traces.Length == 0)
        {
            return null;
        }

        var all = await TracesAsync(workspace, traces, ExploreLimits.RollupRunsMax + 1, cancellationToken);
        return all.Count > ExploreLimits.RollupRunsMax ? null : UsageRollup.Of(all);
    }
}
