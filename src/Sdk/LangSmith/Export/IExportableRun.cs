namespace LangSmith.Export;

/// <summary>A run as the export pipeline sees it: something that can say, when its turn comes, what there is to send.</summary>
/// <remarks>
/// The run enqueues itself when it starts and again when it ends, unless it is still queued: then the one entry carries both, which is how
/// a creation and an update merge. <see cref="TakeOperation"/> runs on the pipeline's thread and must be safe against a caller that adds
/// tags or outputs meanwhile.
/// </remarks>
internal interface IExportableRun
{
    /// <summary>The run's id.</summary>
    Guid RunId { get; }

    /// <summary>Marks the run as no longer queued and takes what has not been sent yet.</summary>
    /// <param name="capturedBytes">
    /// All bytes that the run announced to the queue since the last take, by <see cref="IRunQueue.TryEnqueue(IExportableRun, int)"/> and
    /// <see cref="IRunQueue.AddBytes"/>. The queue gives them free when the operation is delivered or lost.
    /// </param>
    /// <returns>Null when nothing is left to send: an earlier operation of the run carried it all.</returns>
    RunOperation? TakeOperation(out long capturedBytes);
}
