namespace LangSmith.Export;

/// <summary>Where runs go to be sent: never blocks, never throws.</summary>
internal interface IRunQueue
{
    /// <summary>Adds an entry for a run that is not queued.</summary>
    /// <param name="run">The run.</param>
    /// <param name="capturedBytes">The bytes that the run holds for sending, for the bound of the queue.</param>
    /// <returns>False when the bound is reached: the entry is counted as dropped, and the run is not queued.</returns>
    bool TryEnqueue(IExportableRun run, int capturedBytes);

    /// <summary>Adds feedback, sent after the operations of its run that are queued before it.</summary>
    bool TryEnqueue(FeedbackOperation feedback);

    /// <summary>Accounts for bytes that a queued run captured since.</summary>
    void AddBytes(int capturedBytes);
}
