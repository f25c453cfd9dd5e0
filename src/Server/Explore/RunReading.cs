using System.Runtime.CompilerServices;
using LangSmith.Server.Domain;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Examples;

namespace LangSmith.Server.Explore;

/// <summary>Reads runs as people see them: with their feedback and the tokens of what is below them. Thread-safe.</summary>
public sealed class RunReading(IRunStore runs, IExampleStore examples, ICatalogue catalogue)
{
    /// <summary>Reads a run by its id alone, with all its details; null when the workspace has none.</summary>
    public Task<ReadRun?> FindAsync(WorkspaceId workspace, Guid runId, RunPayload payload, CancellationToken cancellationToken) =>
        FindAsync(workspace, runId, payload, RunDetails.All, cancellationToken);

    /// <summary>Reads a run by its id alone; null when the workspace has none.</summary>
    public async Task<ReadRun?> FindAsync(
        WorkspaceId workspace, Guid runId, RunPayload payload, RunDetails details, CancellationToken cancellationToken)
    {
        var run = await runs.FindAsync(workspace, runId, payload, cancellationToken);
        return run is null ? null : (await CompleteAsync(workspace, [run], details, cancellationToken))[0];
    }

    /// <summary>Reads a page of runs.</summary>
    /// <param name="query">Which.</param>
    /// <param name="details">What is wanted besides.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<ReadRunPage> QueryAsync(RunQuery query, RunDetails details, CancellationToken cancellationToken)
    {
        var page = await runs.QueryAsync(query, cancellationToken);
        return new ReadRunPage(await CompleteAsync(query.Workspace, page.Runs, details, cancellationToken), page.Next);
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

    /// <summary>Reads the runs of traces in the order of start, without error, tags, previews and payloads: what a tree and its sums need.</summary>
    public Task<IReadOnlyList<RunRecord>> TreesAsync(
        WorkspaceId workspace, IReadOnlyCollection<Guid> traceIds, int runsMax, CancellationToken cancellationToken) =>
        runs.ListTracesAsync(workspace, traceIds, runsMax, cancellationToken);

    private async Task<IReadOnlyList<ReadRun>> CompleteAsync(
        WorkspaceId workspace, IReadOnlyList<RunRecord> records, RunDetails details, CancellationToken cancellationToken)
    {
        if (records.Count == 0)
        {
            return [];
        }

        var feedback = details.HasFlag(RunDetails.Feedback)
            ? await runs.SummarizeFeedbackAsync(workspace, [.. records.Select(r => r.Id)], cancellationToken)
            : null;
        var traces = (details & (RunDetails.Rollup | RunDetails.Members)) != RunDetails.None
            ? await WholeTracesAsync(workspace, records, details.HasFlag(RunDetails.Members), cancellationToken)
            : [];
        var usage = UsageRollup.Of(traces);
        var firstTokens = FirstTokenRollup.Of(traces);
        var members = details.HasFlag(RunDetails.Members) ? TraceMembers.Of(traces, records) : null;
        var found = records.Select(r => new ReadRun(r, usage.GetValueOrDefault(r.Id) ?? r.Usage, feedback?.GetValueOrDefault(r.Id))
        {
            Members = members?.GetValueOrDefault(r.Id),
            FirstTokenTime = firstTokens.TryGetValue(r.Id, out var time) ? time : r.FirstTokenTime,
        });
        return details.HasFlag(RunDetails.Datasets) ? await WithDatasetsAsync(workspace, [.. found], cancellationToken) : [.. found];
    }

    private async Task<IReadOnlyList<ReadRun>> WithDatasetsAsync(WorkspaceId workspace, IReadOnlyList<ReadRun> found, CancellationToken cancellationToken)
    {
        var sources = await examples.FindSourceRunsAsync(workspace, [.. found.Select(run => run.Record.Id)], cancellationToken);
        Guid[] experiments = [.. found.Where(run => run.Record.ReferenceExampleId is not null).Select(run => run.Record.ProjectId).Distinct()];
        IReadOnlyList<Project> projects = experiments.Length == 0
            ? []
            : await catalogue.ListProjectsAsync(new ProjectQuery { Workspace = workspace, Ids = experiments, Limit = experiments.Length }, cancellationToken);
        var datasets = projects.ToDictionary(project => project.Id, project => project.ReferenceDatasetId);
        return
        [
            .. found.Select(run => run with
            {
                InDataset = sources.Contains(run.Record.Id),
                ReferenceDatasetId = run.Record.ReferenceExampleId is null ? null : datasets.GetValueOrDefault(run.Record.ProjectId),
            }),
        ];
    }

    /// <summary>The traces whose figures are needed; nothing when they are too big.</summary>
    private async Task<IReadOnlyCollection<RunRecord>> WholeTracesAsync(
        WorkspaceId workspace, IReadOnlyList<RunRecord> records, bool ofAll, CancellationToken cancellationToken)
    {
        // A model's call that reports its usage needs nobody else's.
        var traces = records.Where(r => ofAll || r.RunType != Protocol.RunTypes.Llm || r.Usage.TotalTokens is null).Select(r => r.TraceId).ToHashSet();
        if (traces.Count == 0)
        {
            return [];
        }

        var all = await TreesAsync(workspace, traces, ExploreLimits.RollupRunsMax + 1, cancellationToken);
        return all.Count > ExploreLimits.RollupRunsMax ? [] : all;
    }
}
