using System.Collections.Concurrent;
using LangSmith.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LangSmith.Export;

/// <summary>Queues what is traced and sends it in the background: bounded, in order per run, every entry counted.</summary>
/// <remarks>
/// One loop forms batches in queue order; up to <see cref="ExportOptions.SenderCount"/> batches are on their way. A batch that touches a
/// run of an earlier batch waits for that one, so the operations of a run arrive in order whatever is retried.
/// </remarks>
internal sealed class ExportPipeline : IRunQueue, IAsyncDisposable, IDisposable
{
    /// <summary>What an entry costs beyond its payload (run, queue slot, strings), for the bound of bytes.</summary>
    private const int EntryOverheadBytes = 512;

    /// <summary>How long senders get to notice that they were aborted.</summary>
    private static readonly TimeSpan s_abortGrace = TimeSpan.FromSeconds(2);

    private readonly ExportOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly LangSmithConnection _connection;
    private readonly ServerInfoSource _info;
    private readonly BatchSender _sender;
    private readonly Ledger _ledger;
    private readonly BatchPolicy _policy;
    private readonly ConcurrentQueue<object> _queue = new();
    private readonly AsyncSignal _signal = new();
    private readonly SemaphoreSlim _slots;
    private readonly List<(Batch Batch, Task Task)> _inFlight = [];
    private readonly CancellationTokenSource _abort = new();
    private readonly Task _loop;
    private BatchItem? _carried;
    private long _queuedBytes;
    private long _inFlightBytes;
    private int _queuedCount;
    private int _flushes;
    private long _droppedInBurst;
    private volatile bool _closed;
    private volatile bool _finished;
    private Task? _disposal;

    public ExportPipeline(ExportOptions options, ILoggerFactory? loggers = null, TimeProvider? time = null, HttpClient? http = null)
    {
        options.Validate();
        _options = options;
        _time = time ?? TimeProvider.System;
        _logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger("LangSmith.Export");
        _connection = new LangSmithConnection(options.Endpoint, options.ApiKey, options.WorkspaceId, http);
        _info = new ServerInfoSource(_connection, _time, _logger);
        _ledger = new Ledger(() => Interlocked.Read(ref _queuedBytes) + Interlocked.Read(ref _inFlightBytes));
        _sender = new BatchSender(_connection, options, _ledger, _info, _time, _logger);
        _policy = new BatchPolicy(options.BatchCountMax, options.BatchBytesMax, options.BatchAgeMax);
        _slots = new SemaphoreSlim(options.SenderCount);
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        _loop = StartLoop();
    }

    public ExportCounters Counters => _ledger.Snapshot();

    public bool TryEnqueue(IExportableRun run, int capturedBytes) => TryEnqueue((object)run, capturedBytes);

    public bool TryEnqueue(FeedbackOperation feedback) => TryEnqueue(feedback, feedback.Body.Length);

    public void AddBytes(int capturedBytes)
    {
        if (Interlocked.Add(ref _queuedBytes, capturedBytes) >= _policy.BytesMax)
        {
            _signal.Set();
        }
    }

    public async Task<bool> FlushAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        if (_finished)
        {
            return true;
        }

        var marker = new FlushMarker();
        Interlocked.Increment(ref _flushes);
        _queue.Enqueue(marker);
        _signal.Set();
        if (_finished)
        {
            DrainLeftovers();
        }

        try
        {
            await marker.Reached.Task.WaitAsync(timeout, _time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_queue)
        {
            _disposal ??= CloseAsync();
        }

        return new ValueTask(_disposal);
    }

    /// <summary>As <see cref="DisposeAsync"/>, for owners that cannot await; blocks for <see cref="ExportOptions.ShutdownTimeout"/> and a little more at most.</summary>
    // Nothing below needs the calling thread or its context, so waiting here cannot lock up.
    public void Dispose() => Task.Run(() => DisposeAsync().AsTask()).GetAwaiter().GetResult();

    private bool TryEnqueue(object entry, int capturedBytes)
    {
        _ledger.Enqueue();
        var bytes = (long)capturedBytes + EntryOverheadBytes;
        if (_closed)
        {
            _ledger.Lose(ExportLossReason.Disposed);
            return false;
        }

        if (Interlocked.Increment(ref _queuedCount) is var count && count > _options.QueueCountMax)
        {
            Interlocked.Decrement(ref _queuedCount);
            return Refuse(ExportLossReason.QueueCount);
        }

        var queued = Interlocked.Add(ref _queuedBytes, bytes);
        var held = queued + Interlocked.Read(ref _inFlightBytes);
        // An entry larger than the whole bound still gets its turn when it is alone.
        if (held > _options.QueueBytesMax && held > bytes)
        {
            Interlocked.Decrement(ref _queuedCount);
            Interlocked.Add(ref _queuedBytes, -bytes);
            return Refuse(ExportLossReason.QueueBytes);
        }

        _queue.Enqueue(entry);
        if (count == 1 || count == _policy.CountMax || queued >= _policy.BytesMax)
        {
            _signal.Set();
        }

        if (_finished)
        {
            DrainLeftovers();
        }

        return true;
    }

    private bool Refuse(ExportLossReason reason)
    {
        _ledger.Lose(reason);
        if (Interlocked.Increment(ref _droppedInBurst) == 1)
        {
            Log.QueueFull(_logger, reason);
        }

        return false;
    }

    private Task StartLoop()
    {
        // The caller's activity and run must not become the parents of what the exporter does.
        if (ExecutionContext.IsFlowSuppressed())
        {
            return Task.Run(RunAsync);
        }

        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(RunAsync);
        }
    }

    private async Task RunAsync()
    {
        while (await WaitUntilDueAsync().ConfigureAwait(false))
        {
            // Known, or given up for now, before the first batch is formed: the server's limits shape it.
            var server = await _info.GetAsync(_abort.Token).ConfigureAwait(false);
            var batch = TakeBatch(_policy.Under(server.BatchIngestConfig?.SizeLimit, server.BatchIngestConfig?.SizeLimitBytes), out var marker);
            if (batch.Items.Count > 0)
            {
                await DispatchAsync(batch).ConfigureAwait(false);
            }

            if (marker is not null)
            {
                Interlocked.Decrement(ref _flushes);
                _ = ReachAsync(marker, Task.WhenAll(_inFlight.Select(sending => sending.Task)));
            }
        }

        await Task.WhenAll(_inFlight.Select(sending => sending.Task)).ConfigureAwait(false);
    }

    /// <summary>Waits until a batch should leave.</summary>
    /// <returns>False when the pipeline is closed and nothing is left.</returns>
    private async Task<bool> WaitUntilDueAsync()
    {
        long? since = null;
        while (true)
        {
            _signal.Reset();
            var count = Volatile.Read(ref _queuedCount);
            if (Volatile.Read(ref _flushes) > 0 || _carried is not null)
            {
                return true;
            }

            if (_closed)
            {
                return !_queue.IsEmpty;
            }

            if (count == 0)
            {
                since = null;
                await _signal.WaitAsync().ConfigureAwait(false);
                continue;
            }

            since ??= _time.GetTimestamp();
            var wait = _policy.TimeToDue(count, Interlocked.Read(ref _queuedBytes), _time.GetElapsedTime(since.Value));
            if (wait == TimeSpan.Zero)
            {
                return true;
            }

            await _signal.WaitAsync(wait, _time).ConfigureAwait(false);
        }
    }

    private Batch TakeBatch(BatchPolicy policy, out FlushMarker? marker)
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

        Interlocked.Add(ref _inFlightBytes, batch.HeldBytes);
        Interlocked.Add(ref _queuedBytes, -batch.HeldBytes);
        ReportBurst();
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

        if (!_queue.TryDequeue(out var entry))
        {
            return false;
        }

        marker = entry as FlushMarker;
        if (marker is null)
        {
            Interlocked.Decrement(ref _queuedCount);
            item = entry is FeedbackOperation feedback
                ? new BatchItem(null, feedback, feedback.Body.Length + EntryOverheadBytes)
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
                return new BatchItem(operation, null, captured + EntryOverheadBytes);
            }

            // What the entry announced went with an earlier operation of its run.
            _ledger.Deliver(1);
        }
        catch (Exception exception)
        {
            // Border: a run that cannot say what it holds must not stop the others.
            Log.Defect(_logger, exception);
            _ledger.Lose(ExportLossReason.Unencodable);
        }

        Interlocked.Add(ref _queuedBytes, -(captured + EntryOverheadBytes));
        return null;
    }

    private async Task DispatchAsync(Batch batch)
    {
        await _slots.WaitAsync().ConfigureAwait(false);
        _inFlight.RemoveAll(sending => sending.Task.IsCompleted);
        var before = Task.WhenAll(_inFlight.Where(sending => sending.Batch.Touches(batch)).Select(sending => sending.Task));
        _inFlight.Add((batch, SendAsync(batch, before)));
    }

    private async Task SendAsync(Batch batch, Task before)
    {
        try
        {
            await before.ConfigureAwait(false);
            // Encoding and compressing are work; the loop goes on forming batches meanwhile.
            await Task.Yield();
            await _sender.SendAsync(batch.Items, _abort.Token).ConfigureAwait(false);
            await _sender.ReplayAsync(_abort.Token).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Add(ref _inFlightBytes, -batch.HeldBytes);
            _slots.Release();
        }
    }

    private static async Task ReachAsync(FlushMarker marker, Task before)
    {
        await before.ConfigureAwait(false);
        marker.Reached.TrySetResult();
    }

    private void ReportBurst()
    {
        if (Interlocked.Read(ref _droppedInBurst) > 0)
        {
            Log.QueueHasRoom(_logger, Interlocked.Exchange(ref _droppedInBurst, 0));
        }
    }

    private async Task CloseAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        _closed = true;
        _signal.Set();
        if (!await EndsWithinAsync(_options.ShutdownTimeout).ConfigureAwait(false))
        {
            await _abort.CancelAsync().ConfigureAwait(false);
            await EndsWithinAsync(s_abortGrace).ConfigureAwait(false);
        }

        _finished = true;
        DrainLeftovers();
        _connection.Dispose();
        _ledger.Dispose();
    }

    private async Task<bool> EndsWithinAsync(TimeSpan timeout)
    {
        try
        {
            await _loop.WaitAsync(timeout, _time).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Settles entries that came in while the loop was ending. Both sides look after they wrote, so one of them sees the other.</summary>
    private void DrainLeftovers()
    {
        while (_queue.TryDequeue(out var entry))
        {
            if (entry is FlushMarker marker)
            {
                marker.Reached.TrySetResult();
            }
            else
            {
                _ledger.Lose(ExportLossReason.Disposed);
            }
        }
    }

    private void OnProcessExit(object? sender, EventArgs arguments) => Dispose();

    /// <summary>A place in the queue that a flush waits for.</summary>
    private sealed class FlushMarker
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
