using LangSmith.Capture;
using LangSmith.Client;
using LangSmith.Configuration;
using LangSmith.Export;

namespace LangSmith;

/// <summary>LangSmith's operations: runs, feedback, projects, datasets. Awaited calls go to the server at once; background ones go with the runs.</summary>
/// <remarks>
/// Thread-safe. Every awaited call throws <see cref="LangSmithApiException"/> when the server refuses it or cannot be reached, and
/// <see cref="OperationCanceledException"/> when it is cancelled.
/// </remarks>
public sealed partial class LangSmithClient : IAsyncDisposable, IDisposable
{
    private readonly LangSmithTracer _tracer;
    private readonly bool _ownsTracer;
    private readonly LangSmithConnection _connection;
    private readonly ApiCaller _api;
    private readonly ValueJson _json;
    private readonly TimeProvider _time;

    /// <summary>Makes a client.</summary>
    /// <param name="options">Where and how; null takes everything from the environment.</param>
    /// <param name="tracer">The tracer whose queue background calls use; null for one of its own.</param>
    /// <exception cref="ArgumentException">A value is out of its range or unreadable; the message names it and the remedy.</exception>
    public LangSmithClient(LangSmithOptions? options = null, LangSmithTracer? tracer = null)
    {
        options ??= new LangSmithOptions();
        _ownsTracer = tracer is null;
        _tracer = tracer ?? new LangSmithTracer(options);
        var export = TracingSettings.Complete(options);
        _connection = new LangSmithConnection(export.Endpoint, export.ApiKey, export.WorkspaceId, options.HttpClient);
        _api = new ApiCaller(_connection, export.RequestTimeout, new RetrySchedule(export.RetryDelay, export.RequestTimeout), options.Time);
        _json = new ValueJson(options.JsonOptions);
        _time = options.Time;
    }

    /// <summary>The API's address.</summary>
    public Uri Endpoint => _connection.Endpoint;

    /// <summary>Sends what was traced and what is to be sent in the background.</summary>
    /// <param name="timeout">How long to wait; null for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the waiting, not the sending.</param>
    /// <returns>True when the fate of everything before the call is known; false when the time was not enough.</returns>
    public Task<bool> FlushAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default) => _tracer.FlushAsync(timeout, cancellationToken);

    /// <summary>Sends what is queued, if the queue is the client's own, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ownsTracer)
        {
            await _tracer.DisposeAsync().ConfigureAwait(false);
        }

        _connection.Dispose();
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose()
    {
        if (_ownsTracer)
        {
            _tracer.Dispose();
        }

        _connection.Dispose();
    }
}
