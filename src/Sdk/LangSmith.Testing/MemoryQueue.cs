using System.Text.Json.Nodes;
using LangSmith.Export;

namespace LangSmith.Testing;

/// <summary>Takes operations as the exporter does, and keeps them.</summary>
internal sealed class MemoryQueue : IRunQueue
{
    private readonly object _lock = new();

    // Apart: a run holds its own lock while it enqueues itself, and takes it again when its operation is taken.
    private readonly object _draining = new();
    private readonly Dictionary<Guid, CapturedRun> _runs = [];
    private readonly List<CapturedFeedback> _feedback = [];
    private List<IExportableRun> _queued = [];
    private long _enqueued;

    public ExportCounters Counters
    {
        get
        {
            var enqueued = Interlocked.Read(ref _enqueued);
            return new ExportCounters { Enqueued = enqueued, Delivered = enqueued };
        }
    }

    public IReadOnlyList<CapturedRun> Runs
    {
        get
        {
            lock (_draining)
            {
                Drain();
                return [.. _runs.Values.OrderBy(run => run.DottedOrder, StringComparer.Ordinal)];
            }
        }
    }

    public IReadOnlyList<CapturedFeedback> Feedback
    {
        get
        {
            lock (_lock)
            {
                return [.. _feedback];
            }
        }
    }

    public bool TryEnqueue(IExportableRun run, int capturedBytes)
    {
        Interlocked.Increment(ref _enqueued);
        lock (_lock)
        {
            _queued.Add(run);
        }

        return true;
    }

    public bool TryEnqueue(FeedbackOperation feedback)
    {
        Interlocked.Increment(ref _enqueued);
        lock (_lock)
        {
            _feedback.Add(new CapturedFeedback(feedback.FeedbackId, feedback.RunId, JsonNode.Parse(feedback.Body.Span)!));
        }

        return true;
    }

    public void AddBytes(int capturedBytes)
    {
    }

    public Task<bool> FlushAsync(TimeSpan timeout, CancellationToken cancellationToken = default) => Task.FromResult(true);

    private void Drain()
    {
        List<IExportableRun> queued;
        lock (_lock)
        {
            (queued, _queued) = (_queued, []);
        }

        foreach (var run in queued)
        {
            if (run.TakeOperation(out _) is not { } operation)
            {
                continue;
            }

            if (_runs.TryGetValue(operation.RunId, out var known))
            {
                known.Add(operation);
            }
            else
            {
                _runs.Add(operation.RunId, new CapturedRun(operation));
            }
        }
    }
}
