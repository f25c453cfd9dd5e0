namespace LangSmith.Export;

/// <summary>Where runs go to be sent: never blocks, never throws, takes calls from all threads.</summary>
internal interface IRunQueue
{
    /// <summary>What became of the entries so far.</summary>
    ExportCounters Counters { get; }

    /// <summary>Adds an entry for a run that is not queued.</summary>
    /// <param name="run">The run.</param>
    /// <param name="capturedBytes">The bytes that the run holds for sending, for the bound of the queue.</param>
    /// <returns>False when the bound is reached: the entry is counted as dropped, and the run is not queued.</returns>
    bool TryEnqueue(IExportableRun run, int capturedBytes);

    /// <summary>Adds feedback, sent after the operations of its run that are queued before it.</summary>
    /// <returns>False when the bound is reached: the feedback is counted as dropped.</returns>
    bool TryEnqueue(FeedbackOperation feedback);

    /// <summary>Accounts for bytes that a queued run captured since.</summary>
    void AddBytes(int capturedBytes);

    /// <summary>Sends what is queued without waiting for a batch to fill or age.</summary>
    /// <param name="timeout">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the waiting, not the sending.</param>
    /// <returns>True when the fate of every entry queued before the call is known; false when the time was not enough.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<bool> FlushAsync(TimeSpan timeout, CancellationToken cancellationToken = default);
}
