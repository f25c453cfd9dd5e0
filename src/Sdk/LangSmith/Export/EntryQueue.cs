using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LangSmith.Export;

/// <summary>Entries in the order in which they came, and what is taken of them. Filled by all threads, emptied by one.</summary>
internal sealed class EntryQueue(QueueBounds bounds, Ledger ledger, ILogger logger)
{
    private readonly ConcurrentQueue<object> _entries = new();
    private BatchItem? _carried;
    private int _dequeued;

    public bool IsEmpty => _entries.IsEmpty;

    /// <summary>True when an entry was taken that did not fit into its batch, so that the next batch is due.</summary>
    public bool HasCarried => _carried is not null;

    /// <summary>Adds a run, feedback, or the marker of a flush.</summary>
    public void Enqueue(object entry) => _entries.Enqueue(entry);

    /// <summary>Takes entries in their order until the batch is full or a flush waits for what was taken.</summary>
    /// <param name="policy">What fits.</param>
    /// <param name="marker">The flush that waits; null when none does.</param>
    public Batch TakeBatch(BatchPolicy policy, out FlushMarker? marker)
    {
        marker = null;
        var batch = new Batch(policy);
        while (marker is null && TryTakeItem(out marker, out var item))
        {
            if (item is { } taken && !batch.TryAdd(taken))
            {
                _carried = taken;
                break;
            }
        }

        // Once for all: callers count on the same line of memory, and would wait for each write.
        bounds.Dequeue(_dequeued);
        _dequeued = 0;
        bounds.Depart(batch.HeldBytes);
        return batch;
    }

    private bool TryTakeItem(out FlushMarker? marker, out BatchItem? item)
    {
        marker = null;
        item = _carried;
        if (item is not null)
        {
            _carried = null;
            return true;
        }

        if (!_entries.TryDequeue(out var entry))
        {
            return false;
        }

        marker = entry as FlushMarker;
        if (marker is null)
        {
            _dequeued++;
            item = entry is FeedbackOperation feedback
                ? new BatchItem(null, feedback, feedback.Body.Length + QueueBounds.EntryOverheadBytes)
                : TakeRun((IExportableRun)entry);
        }

        return true;
    }

    private BatchItem? TakeRun(IExportableRun run)
    {
        long captured = 0;
        try
        {
            if (run.TakeOperation(out captured) is { } operation)
            {
                return new BatchItem(operation, null, captured + QueueBounds.EntryOverheadBytes);
            }

            // What the entry announced went with an earlier operation of its run.
            ledger.Deliver(1);
        }
        catch (Exception exception)
        {
            // Border: a run that cannot say what it holds must not stop the others.
            Log.Defect(logger, exception);
            ledger.Lose(ExportLossReason.Unencodable);
        }

        bounds.Release(captured + QueueBounds.EntryOverheadBytes);
        return null;
    }

    /// <summary>Settles entries that came in while the pipeline was ending. Both sides look after they wrote, so one of them sees the other.</summary>
    public void Drain()
    {
        while (_entries.TryDequeue(out var entry))
        {
            if (entry is FlushMarker marker)
            {
                marker.Reached.TrySetResult();
            }
            else
            {
                ledger.Lose(ExportLossReason.Disposed);
            }
        }
    }
}
