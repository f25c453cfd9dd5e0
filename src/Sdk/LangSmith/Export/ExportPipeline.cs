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
    private readonly EntryQueue _queue;
    private readonly AsyncSignal _signal = new();
    private readonly QueueBounds _bounds;
    private readonly BatchesInFlight _inFlight;
    private readonly CancellationTokenSource _abort = new();
    private readonly Task _loop;
    private int _flushes;
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
        _ledger = new Ledger(() => _bounds?.HeldBytes ?? 0);
        _bounds = new QueueBounds(options, _ledger, _logger);
        _queue = new EntryQueue(_bounds, _ledger, _logger);
        _sender = new BatchSender(_connection, options, _ledger, _info, _time, _logger);
        _policy = new BatchPolicy(options.BatchCountMax, options.BatchBytesMax, options.BatchAgeMax);
        _inFlight = new BatchesInFlight(options.SenderCount);
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        _loop = StartLoop();
    }

    public ExportCounters Counters => _ledger.Snapshot();

    public bool TryEnqueue(IExportableRun run, int capturedBytes) => TryEnqueue((object)run, capturedBytes);

    public bool TryEnqueue(FeedbackOperation feedback) => TryEnqueue(feedback, feedback.Body.Length);

    public void AddBytes(int capturedBytes)
    {
        if (_bounds.Add(capturedBytes) >= _policy.BytesMax)
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
            _queue.Drain();
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

    /// <summary>
    /// As <see cref="DisposeAsync"/>, for owners that cannot await; blocks for <see cref="ExportOptions.ShutdownTimeout"/> and a little more
    /// at most.
    /// </summary>
    // Nothing below needs the calling thread or its context, so waiting here cannot lock up.
    public void Dispose() => Task.Run(() => DisposeAsync().AsTask()).GetAwaiter().GetResult();

    private bool TryEnqueue(object entry, int capturedBytes)
    {
        _ledger.Enqueue();
        if (_closed)
        {
            _ledger.Lose(ExportLossReason.Disposed);
            return false;
        }

        if (!_bounds.TryAdmit(capturedBytes, out var count, out var queued))
        {
            return false;
        }

        _queue.Enqueue(entry);
        if (count == 1 || count == _policy.CountMax || queued >= _policy.BytesMax)
        {
            _signal.Set();
        }

        if (_finished)
        {
            _queue.Drain();
        }

        return true;
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
            var batch = _queue.TakeBatch(_policy.Under(server.BatchIngestConfig?.SizeLimit, server.BatchIngestConfig?.SizeLimitBytes), out var marker);
            if (batch.Items.Count > 0)
            {
                await _inFlight.DispatchAsync(batch, SendAsync).ConfigureAwait(false);
            }

            if (marker is not null)
            {
                Interlocked.Decrement(ref _flushes);
                _ = ReachAsync(marker, _inFlight.WhenAll());
            }
        }

        await _inFlight.WhenAll().ConfigureAwait(false);
    }

    /// <summary>Waits until a batch should leave.</summary>
    /// <returns>False when the pipeline is closed and nothing is left.</returns>
    private async Task<bool> WaitUntilDueAsync()
    {
        long? since = null;
        while (true)
        {
            _signal.Reset();
            var count = _bounds.Count;
            if (Volatile.Read(ref _flushes) > 0 || _queue.HasCarried)
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
            var wait = _policy.TimeToDue(count, _bounds.QueuedBytes, _time.GetElapsedTime(since.Value));
            if (wait == TimeSpan.Zero)
            {
                return true;
            }

            await _signal.WaitAsync(wait, _time).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(Batch batch)
    {
        try
        {
            await _sender.SendAsync(batch.Items, _abort.Token).ConfigureAwait(false);
            await _sender.ReplayAsync(_abort.Token).ConfigureAwait(false);
        }
        finally
        {
            _bounds.Arrive(batch.HeldBytes);
        }
    }

    private static async Task ReachAsync(FlushMarker marker, Task before)
    {
        await before.ConfigureAwait(false);
        marker.Reached.TrySetResult();
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
        _queue.Drain();
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

    private void OnProcessExit(object? sender, EventArgs arguments) => Dispose();
}
