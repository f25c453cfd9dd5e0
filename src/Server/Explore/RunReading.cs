using LangSmith.Server.Domain;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Explore;

/// <summary>Reads runs as people see them: with their feedback and the tokens of what is below them. Thread-safe.</summary>
public sealed class RunReading(IRunStore runs)
{
    /// <summary>Reads a run by its id alone; null when the workspace has none.</summary>
    public async Task<ReadRun?> FindAsync(WorkspaceId workspace, Guid runId, RunPayload payload, CancellationToken cancellationToken)
    {
        var run = await runs.FindAsync(workspace, runId, payload, cancellationToken);
        return run is null ? null : (await CompleteAsync(workspace, [run], withFeedback: true, cancellationToken))[0];
    }

    /// <summary>Reads a page of runs.</summary>
    public async Task<ReadRunPage> QueryAsync(RunQuery query, bool withFeedback, CancellationToken cancellationToken)
    {
        var page = await runs.QueryAsync(query, cancellationToken);
        return new ReadRunPage(await CompleteAsync(query.Workspace, page.Runs, withFeedback, cancellationToken), page.Next);
    }

    private async Task<IReadOnlyList<ReadRun>> CompleteAsync(
        WorkspaceId workspace, IReadOnlyList<RunRecord> records, bool withFeedback, CancellationToken cancellationToken)
    {
        var feedback = withFeedback && records.Count > 0
            ? await runs.SummarizeFeedbackAsync(workspace, [.. records.Select(r => r.Id)], cancellationToken)
            : null;
        return [.. records.Select(r => new ReadRun(r, r.Usage, feedback?.GetValueOrDefault(r.Id)))];
    }
}
