using Microsoft.Extensions.Logging;

namespace LangSmith.Export;

/// <summary>How much may be queued and on its way: what is admitted, what is refused, and what is said of it. Takes calls from all threads.</summary>
internal sealed class QueueBounds(ExportOptions options, Ledger ledger, ILogger logger)
{
    /// <summary>What an entry costs beyond its payload (run, queue slot, strings).</summary>
    public const int EntryOverheadBytes = 512;

    private long _queuedBytes;
    private long _inFlightBytes;
    private int _queuedCount;
    private long _droppedInBurst;

    /// <summary>Entries queued.</summary>
    public int Count => Volatile.Read(ref _queuedCount);

    /// <summary>Bytes queued, those on their way not included.</summary>
    public long QueuedBytes => Volatile.Read(ref _queuedBytes);

    /// <summary>All bytes held.</summary>
    public long HeldBytes => Volatile.Read(ref _queuedBytes) + Volatile.Read(ref _inFlightBytes);

    /// <summary>Makes room for an entry; false when there is none, which is counted and said.</summary>
    /// <param name="capturedBytes">The entry's payload.</param>
    /// <param name="count">Entries queued then.</param>
    /// <param name="queuedBytes">Bytes queued then.</param>
    public bool TryAdmit(int capturedBytes, out int count, out long queuedBytes)
    {
        var bytes = (long)capturedBytes + EntryOverheadBytes;
        queuedBytes = 0;
        count = Interlocked.Increment(ref _queuedCount);
        if (count > options.QueueCountMax)
        {
            Interlocked.Decrement(ref _queuedCount);
            return Refuse(ExportLossReason.QueueCount);
        }

        queuedBytes = Interlocked.Add(ref _queuedBytes, bytes);
        var held = queuedBytes + Volatile.Read(ref _inFlightBytes);
        // An entry larger than the whole bound still gets its turn when it is alone.
        if (held > options.QueueBytesMax && held > bytes)
        {
            Interlocked.Decrement(ref _queuedCount);
            Interlocked.Add(ref _queuedBytes, -bytes);
            return Refuse(ExportLossReason.QueueBytes);
        }

        return true;
    }

    /// <summary>Accounts for bytes that a queued entry holds besides; returns the bytes queued then.</summary>
    public long Add(int capturedBytes) => Interlocked.Add(ref _queuedBytes, capturedBytes);

    /// <summary>Entries left the queue; their bytes are held on.</summary>
    public void Dequeue(int entries) => Interlocked.Add(ref _queuedCount, -entries);

    /// <summary>Gives free the bytes of an entry that came to nothing.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _queuedBytes, -bytes);

    /// <summary>Bytes go on their way; the end of a burst of refusals is said.</summary>
    public void Depart(long bytes)
    {
        Interlocked.Add(ref _inFlightBytes, bytes);
        Interlocked.Add(ref _queuedBytes, -bytes);
        if (Volatile.Read(ref _droppedInBurst) > 0)
        {
            Log.QueueHasRoom(logger, Interlocked.Exchange(ref _droppedInBurst, 0));
        }
    }

    /// <summary>The fate of bytes that were on their way is known.</summary>
    public void Arrive(long bytes) => Interlocked.Add(ref _inFlightBytes, -bytes);

    private bool Refuse(ExportLossReason reason)
    {
        ledger.Lose(reason);
        if (Interlocked.Increment(ref _droppedInBurst) == 1)
        {
            Log.QueueFull(logger, reason);
        }

        return false;
    }
}
