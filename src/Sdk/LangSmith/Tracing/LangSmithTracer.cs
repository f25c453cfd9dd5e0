using LangSmith.Capture;
using LangSmith.Configuration;
using LangSmith.Export;
using LangSmith.Redaction;
using LangSmith.Sampling;
using LangSmith.Tracing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LangSmith;

/// <summary>Makes runs and sends them: the instance behind <see cref="Traceable"/>.</summary>
/// <remarks>Thread-safe. One for a process is the usual number; dispose of it, or flush it, before the process ends by other means than returning.</remarks>
public sealed class LangSmithTracer : IAsyncDisposable, IDisposable
{
    private static LangSmithTracer? s_default;

    private readonly LangSmithOptions _options;
    private readonly Lazy<RunQueues> _queues;
    private readonly TraceSampler _sampler;

    /// <summary>Makes a tracer.</summary>
    /// <param name="options">How to trace; null takes everything from the environment. Read once.</param>
    /// <exception cref="ArgumentException">A value is out of its range or unreadable; the message names it and the remedy.</exception>
    public LangSmithTracer(LangSmithOptions? options = null)
        : this(options ?? new LangSmithOptions(), null)
    {
    }

    internal LangSmithTracer(LangSmithOptions options, Func<LangSmithTracer, IRunQueue>? queue)
    {
        _options = options;
        Settings = TracingSettings.Of(options);
        Json = new ValueJson(options.JsonOptions);
        Redactor = new Redactor([.. options.Redactions]);
        Logger = (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger("LangSmith.Tracing");
        Ids = new RunIdGuard(options, (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger("LangSmith.RunId"));
        _sampler = new TraceSampler(Settings.SamplingRate);
        Surroundings = new RunSurroundings(this, Settings.ProjectName, null);
        _queues = new Lazy<RunQueues>(() => RunQueues.Open(queue?.Invoke(this), options, Settings.RunsEndpoints));
    }

    /// <summary>The process's own tracer, made from the environment when it is first asked for.</summary>
    /// <value>Setting it replaces it; the one before is not disposed of.</value>
    /// <remarks>
    /// An environment that cannot be read turns tracing off and is reported to <see cref="System.Diagnostics.Trace"/>: it must not stop the
    /// application.
    /// </remarks>
    public static LangSmithTracer Default
    {
        get => Volatile.Read(ref s_default) ?? MakeDefault();
        set => Volatile.Write(ref s_default, value);
    }

    /// <summary>The tracer of the code that runs: that of the surrounding run or <see cref="Use"/>, else <see cref="Default"/>.</summary>
    public static LangSmithTracer Current => Ambient.Tracer ?? Default;

    /// <summary>What became of everything that was handed to the exporter.</summary>
    public ExportCounters Counters => _queues.IsValueCreated ? _queues.Value.Main.Counters : new ExportCounters();

    /// <summary>Whether runs are recorded when nothing says otherwise.</summary>
    public bool IsEnabled => Settings.TracingEnabled;

    /// <summary>The project of runs that name none.</summary>
    public string ProjectName => Settings.ProjectName;

    /// <summary>The API's address that runs go to.</summary>
    public Uri Endpoint => Client.LangSmithConnection.Normalize(_options.Export.Endpoint);

    internal TracingSettings Settings { get; }

    /// <summary>Those of runs about which nothing was said.</summary>
    internal RunSurroundings Surroundings { get; }

    internal ValueJson Json { get; }

    internal Redactor Redactor { get; }

    internal ILogger Logger { get; }

    internal RunIdGuard Ids { get; }

    internal RunQueues Queues => _queues.Value;

    internal TimeProvider Time => _options.Time;

    internal bool AllowFileAttachments => _options.AllowFileAttachments;

    /// <summary>Begins a run and makes it the current one until it is disposed of.</summary>
    /// <param name="name">The run's name.</param>
    /// <param name="options">What it is given; null for nothing.</param>
    /// <returns>The run; when tracing is off, one that is not recorded and costs next to nothing.</returns>
    /// <exception cref="ArgumentException">In strict mode: the run id is bad.</exception>
    public RunTree StartRun(string name, RunOptions? options = null) => RunStart.Begin(this, name, options).Enter();

    /// <summary>Reserves a run: its id, and with it its link, before any work starts. Nothing is sent until it is started or cancelled.</summary>
    /// <param name="name">The run's name.</param>
    /// <param name="options">What it is given; null for nothing.</param>
    /// <returns>The reservation; dispose of it when the work is over, so that a run that never started says so.</returns>
    /// <exception cref="ArgumentException">In strict mode: the run id is bad.</exception>
    public RunReservation Reserve(string name, RunOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new RunReservation(this, name, options);
    }

    /// <summary>Makes this the tracer of the code that follows in this flow, so that parallel tests do not mix.</summary>
    /// <returns>Ends it when disposed of.</returns>
    public IDisposable Use() => new Scope { Tracer = this, Run = null }.Enter();

    /// <summary>Sends what is queued.</summary>
    /// <param name="timeout">How long to wait; null for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the waiting, not the sending.</param>
    /// <returns>True when the fate of everything before the call is known; false when the time was not enough.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<bool> FlushAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        _queues.IsValueCreated
            ? _queues.Value.FlushAsync(timeout ?? Timeout.InfiniteTimeSpan, cancellationToken)
            : Task.FromResult(true);

    /// <summary>Sends what is queued, for as long as the options allow, and stops.</summary>
    public ValueTask DisposeAsync() => _queues.IsValueCreated ? _queues.Value.DisposeAsync() : default;

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose()
    {
        if (_queues.IsValueCreated)
        {
            _queues.Value.Dispose();
        }
    }

    /// <summary>Queues feedback with the runs.</summary>
    internal void Send(FeedbackDraft feedback, Guid runId, Guid? traceId) =>
        Queues.Main.TryEnqueue(FeedbackJson.ToOperation(feedback, runId, traceId, Time.GetUtcNow(), Json));

    internal bool Records(Guid traceId) => _sampler.Records(traceId);

    private static LangSmithTracer MakeDefault()
    {
        LangSmithTracer made;
        try
        {
            made = new LangSmithTracer();
        }
        catch (ArgumentException exception)
        {
            System.Diagnostics.Trace.TraceError("LangSmith tracing is off: " + exception.Message);
            made = new LangSmithTracer(new LangSmithOptions
            {
                TracingEnabled = false,
                SamplingRate = 1,
                Endpoint = new Uri("http://localhost"),
                HideInputs = true,
                HideOutputs = true,
                HideMetadata = true,
                RunsEndpoints = [],
            });
        }

        return Interlocked.CompareExchange(ref s_default, made, null) ?? made;
    }
}
