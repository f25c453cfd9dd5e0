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

    /// <summary>Marks the run as no longer queued and takes what has not been sent yet; null when there is nothing.</summary>
    RunOperation? TakeOperation();
}
