using LangSmith.Server.Domain;

namespace LangSmith.Server.Storage;

/// <summary>The big store: runs, their writes and their feedback.</summary>
/// <remarks>
/// Contract for every engine. Durability: a write's task completes only when the write would survive a crash of the machine.
/// Read-your-writes: what is durable is in every read that starts after. Idempotence: a write whose run, kind and content hash were
/// seen before changes nothing. The state of a run is <see cref="Domain.Folding.RunFold"/> of its writes, whatever their order and batching.
/// Isolation: no call sees a workspace that it does not name. Thread-safe.
/// </remarks>
public interface IRunStore
{
    /// <summary>Stores a batch as one unit: all of it, or, on an exception, none.</summary>
    /// <returns>For each run write in order, what became of it.</returns>
    Task<IReadOnlyList<WriteOutcome>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken);

    /// <summary>Reads a run by its id alone; null when the workspace has none.</summary>
    Task<RunRecord?> FindAsync(WorkspaceId workspace, Guid runId, RunPayload payload, CancellationToken cancellationToken);

    /// <summary>Reads a page of runs.</summary>
    Task<RunPage> QueryAsync(RunQuery query, CancellationToken cancellationToken);

    /// <summary>Reads the runs of traces in the order of start, without what only the run's own page shows.</summary>
    /// <param name="workspace">Whose.</param>
    /// <param name="traceIds">The traces.</param>
    /// <param name="runsMax">Runs at most: those that started first.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Runs whose error, tags, example, attempts, previews, attachments and payloads are left out.</returns>
    Task<IReadOnlyList<RunRecord>> ListTracesAsync(
        WorkspaceId workspace, IReadOnlyCollection<Guid> traceIds, int runsMax, CancellationToken cancellationToken);

    /// <summary>Tells the state of a trace, much cheaper than its runs.</summary>
    Task<TraceVersion> FindTraceVersionAsync(WorkspaceId workspace, Guid traceId, CancellationToken cancellationToken);

    /// <summary>Reads what happened under a run id; null when the workspace has no such run.</summary>
    Task<IdentityReport?> FindIdentityAsync(WorkspaceId workspace, Guid runId, CancellationToken cancellationToken);

    /// <summary>Deletes runs with their writes, feedback and files; what comes later for them is <see cref="WriteOutcome.Deleted"/>.</summary>
    /// <remarks>Many runs go in steps: a reader may see some of them gone before the others. Runs below them stay.</remarks>
    /// <returns>How many there were.</returns>
    Task<int> DeleteRunsAsync(WorkspaceId workspace, IReadOnlyCollection<Guid> runIds, CancellationToken cancellationToken);

    /// <summary>Deletes all runs of traces, the root first, like <see cref="DeleteRunsAsync"/>; late runs of the traces are refused too.</summary>
    Task<int> DeleteTracesAsync(WorkspaceId workspace, IReadOnlyCollection<Guid> traceIds, CancellationToken cancellationToken);

    /// <summary>Reads feedback by its id.</summary>
    Task<Feedback?> FindFeedbackAsync(WorkspaceId workspace, Guid feedbackId, CancellationToken cancellationToken);

    /// <summary>Lists feedback, newest first.</summary>
    Task<IReadOnlyList<Feedback>> ListFeedbackAsync(FeedbackQuery query, CancellationToken cancellationToken);

    /// <summary>Deletes feedback; false when there was none.</summary>
    Task<bool> DeleteFeedbackAsync(WorkspaceId workspace, Guid feedbackId, CancellationToken cancellationToken);

    /// <summary>Aggregates the feedback of runs by key; runs without feedback are absent.</summary>
    Task<IReadOnlyDictionary<Guid, IReadOnlyList<FeedbackSummary>>> SummarizeFeedbackAsync(
        WorkspaceId workspace, IReadOnlyCollection<Guid> runIds, CancellationToken cancellationToken);
}
