using LangSmith.Capture;
using LangSmith.Export;
using LangSmith.Protocol;
using LangSmith.Tracing;
using Log = LangSmith.Tracing.Log;

namespace LangSmith;

/// <summary>One traced call: what went in, what came out, how long it took, what went wrong, and what happened below it.</summary>
/// <remarks>
/// <para>
/// <see cref="Traceable.StartRun"/> begins one that is sent by itself and is current until it is disposed of. <see cref="CreateRoot"/> and
/// <see cref="CreateChild"/> make runs by hand, sent by <see cref="Post"/> and <see cref="Patch"/>.
/// </para>
/// <para>
/// Values are written as JSON when they are given: what is changed later changes nothing. No member throws because of tracing. Thread-safe,
/// except that a run should be ended once.
/// </para>
/// </remarks>
public sealed partial class RunTree : IDisposable, IExportableRun
{
    private readonly object _lock = new();
    private readonly long _startTicks;
    private readonly string? _refusedId;
    private readonly bool _ownsId;
    private string? _dottedOrder;
    private object? _outer;
    private byte[]? _inputs;
    private byte[]? _outputs;
    private RunDetails? _details;
    private long _endTicks;
    private RunFlags _flags;

    internal RunTree(
        LangSmithTracer tracer, RunIdChoice id, RunTree? parent, string name, string? runType, DateTimeOffset start, string projectName,
        Inheritance? inheritance)
    {
        Tracer = tracer;
        Id = id.Id;
        _refusedId = id.Refused;
        _ownsId = id.IsGiven;
        Parent = parent;
        TraceId = parent?.TraceId ?? id.Id;
        Name = name;
        RunType = runType ?? RunTypes.Chain;
        ProjectName = projectName;
        Inheritance = inheritance;
        // Microseconds are what the wire has: the start and the dotted order must name the same instant.
        _startTicks = start.UtcTicks - (start.UtcTicks % TimeSpan.TicksPerMicrosecond);
        _flags = RunFlags.Traced;
        if (_ownsId)
        {
            tracer.Ids.Began(Id);
        }
    }

    private RunTree(LangSmithTracer tracer, Guid id, string name, string? runType, DateTimeOffset start, bool isSampledOut)
        : this(tracer, new RunIdChoice(id, null, IsGiven: false), null, name, runType, start, tracer.Settings.ProjectName, null) =>
        _flags = isSampledOut ? RunFlags.SampledOut : RunFlags.None;

    private RunTree(LangSmithTracer tracer, Guid id, Guid traceId, string dottedOrder, DateTimeOffset start, string? project, Inheritance? inheritance)
        : this(tracer, new RunIdChoice(id, null, IsGiven: false), null, "", null, start, project ?? tracer.Settings.ProjectName, inheritance)
    {
        TraceId = traceId;
        _dottedOrder = dottedOrder;
        _flags |= project is null ? RunFlags.Remote | RunFlags.ProjectUnknown : RunFlags.Remote;
    }

    [Flags]
    private enum RunFlags
    {
        None = 0,

        /// <summary>The run is recorded.</summary>
        Traced = 1,

        /// <summary>Its whole trace is not, by the sampling rate.</summary>
        SampledOut = 2,

        /// <summary>It runs in another process, which records it.</summary>
        Remote = 4,

        /// <summary>It was posted: what is added is sent by itself.</summary>
        Posted = 8,

        /// <summary>It waits in the queue.</summary>
        Queued = 16,

        /// <summary>Its creation was taken for sending.</summary>
        Created = 32,

        /// <summary>It surrounds the code that runs.</summary>
        Entered = 64,

        Ended = 128,

        // What was given since the last take.
        InputsNew = 256,
        OutputsNew = 512,
        ExtraNew = 1024,
        EventsNew = 2048,
        OtherNew = 4096,

        /// <summary>It runs in another process that did not say where.</summary>
        ProjectUnknown = 8192,

        AnythingNew = InputsNew | OutputsNew | ExtraNew | EventsNew | OtherNew,
    }

    /// <summary>The run's id.</summary>
    public Guid Id { get; }

    /// <summary>The id of the trace, which is that of its root run.</summary>
    public Guid TraceId { get; private init; }

    /// <summary>The run above; null for a root.</summary>
    public RunTree? Parent { get; }

    /// <summary>The id of the run above; null for a root.</summary>
    public Guid? ParentRunId => Parent?.Id;

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The run type, one of <see cref="RunTypes"/>.</summary>
    public string RunType { get; }

    /// <summary>The project that the run goes to.</summary>
    public string ProjectName { get; }

    /// <summary>When it began, to the microsecond.</summary>
    public DateTimeOffset StartTime => new(_startTicks, TimeSpan.Zero);

    /// <summary>When it ended; null while it goes on.</summary>
    public DateTimeOffset? EndTime => Volatile.Read(ref _endTicks) is var ticks and not 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>The path in the trace: starts and ids from the root down.</summary>
    public string DottedOrder => _dottedOrder ??= Protocol.DottedOrder.Print(Parent?.DottedOrder, StartTime, Id);

    /// <summary>Whether the run is recorded; one that is not takes everything and does nothing.</summary>
    public bool IsTraced => Has(RunFlags.Traced);

    /// <summary>The inputs as JSON, as they were captured; empty when none were.</summary>
    public ReadOnlyMemory<byte> Inputs => _inputs;

    /// <summary>The outputs as JSON, as they were captured; empty when none were.</summary>
    public ReadOnlyMemory<byte> Outputs => _outputs;

    /// <summary>What went wrong; null when nothing did.</summary>
    public string? Error => Read(details => details?.Error);

    /// <summary>The tags, inherited ones first.</summary>
    public IReadOnlyList<string> Tags => Read(details => (IReadOnlyList<string>)[.. (Inheritance?.Tags ?? []).Union(details?.Tags ?? [])]);

    /// <summary>What happened during the run.</summary>
    public IReadOnlyList<RunEvent> Events => Read(details => (IReadOnlyList<RunEvent>)[.. details?.Events ?? []]);

    /// <summary>The metadata by key, inherited ones included; values that are no scalars are JSON.</summary>
    public IReadOnlyDictionary<string, object?> Metadata =>
        Read(details => MetadataOf(details).Entries.ToDictionary(
            entry => entry.Key, entry => entry.Value is CapturedJson captured ? System.Text.Json.Nodes.JsonNode.Parse(captured.Json.Span) : entry.Value));

    /// <summary>The project that the runs below are in, too; null when that is not known.</summary>
    internal string? TraceProject => Has(RunFlags.ProjectUnknown) ? null : ProjectName;

    internal bool IsRemote => Has(RunFlags.Remote);

    internal bool IsSampledOut => Has(RunFlags.SampledOut);

    internal LangSmithTracer Tracer { get; }

    internal Inheritance? Inheritance { get; }

    Guid IExportableRun.RunId => Id;

    /// <summary>Makes a root by hand; <see cref="Post"/> sends it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="options">What it is given; null for nothing.</param>
    /// <exception cref="ArgumentException">In strict mode: the run id is bad.</exception>
    public static RunTree CreateRoot(string name, RunOptions? options = null)
    {
        using var apart = new Scope { Tracer = Ambient.Tracer, Run = null }.Enter();
        return RunStart.Begin(LangSmithTracer.Current, name, options, default);
    }

    /// <summary>Makes a child by hand; <see cref="Post"/> sends it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="options">What it is given; null for nothing.</param>
    /// <exception cref="ArgumentException">In strict mode: the run id is bad.</exception>
    public RunTree CreateChild(string name, RunOptions? options = null) => RunStart.Begin(Tracer, name, options, default, parent: this);

    /// <summary>Makes this the current run until the result is disposed of; for code that runs elsewhere than where the run began.</summary>
    public CurrentRunScope MakeCurrent()
    {
        var outer = Ambient.Value;
        if (Surrounds)
        {
            Ambient.Value = this;
        }

        return new CurrentRunScope(outer);
    }

    /// <summary>Sends the run's beginning; from then on <see cref="End(object?)"/> sends the rest by itself.</summary>
    public void Post()
    {
        lock (_lock)
        {
            _flags |= RunFlags.Posted | RunFlags.OtherNew;
            Enqueue((_inputs?.Length ?? 0) + (_outputs?.Length ?? 0));
        }
    }

    /// <summary>Sends what was given since the run was last sent.</summary>
    public void Patch()
    {
        lock (_lock)
        {
            _flags |= RunFlags.Posted;
            if (Has(RunFlags.AnythingNew))
            {
                Enqueue(0);
            }
        }
    }

    /// <summary>Ends the run.</summary>
    /// <param name="outputs">What came out; an object or dictionary is recorded as it is, any other value under <c>output</c>. Null leaves it as it is.</param>
    public void End(object? outputs = null)
    {
        if (outputs is not null)
        {
            SetOutputs(outputs);
        }

        Complete(null);
    }

    /// <summary>Ends the run with what went wrong.</summary>
    /// <param name="exception">The exception; its type, message and stack are recorded.</param>
    /// <returns>False, for use in an exception filter: <c>catch (Exception e) when (run.Fail(e))</c>.</returns>
    public bool Fail(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        Fail(ErrorText.Of(exception));
        return false;
    }

    /// <summary>Ends the run with what went wrong.</summary>
    /// <param name="error">A text; empty means that nothing did.</param>
    public void Fail(string error) => Complete(error);

    /// <summary>Ends the run if it is going on, and makes what surrounded it current again.</summary>
    public void Dispose()
    {
        Complete(null, again: false);
        Leave();
    }

    internal static RunTree Untraced(
        LangSmithTracer tracer, Guid id, string name, string? runType, DateTimeOffset start, Action<RunTree>? onEnd, bool isSampledOut)
    {
        var run = new RunTree(tracer, id, name, runType, start, isSampledOut);
        if (onEnd is not null)
        {
            run.Details().OnEnd = onEnd;
        }

        return run;
    }

    internal static RunTree Remote(
        LangSmithTracer tracer, DottedOrderSegment own, Guid traceId, string dottedOrder, string? project, Inheritance? inheritance) =>
        new(tracer, own.RunId, traceId, dottedOrder, own.StartTime, project, inheritance);

    /// <summary>Makes the run current and sends its beginning.</summary>
    internal RunTree Enter()
    {
        if (Surrounds)
        {
            _outer = Ambient.Value;
            _flags |= RunFlags.Entered;
            Ambient.Value = this;
        }

        if (IsTraced)
        {
            Post();
        }

        return this;
    }

    internal void Take(Guid? referenceExampleId, Action<RunTree>? onEnd)
    {
        if (referenceExampleId is null && onEnd is null)
        {
            return;
        }

        var details = Details();
        details.ReferenceExampleId = referenceExampleId;
        details.OnEnd = onEnd;
    }

    /// <summary>
    /// Whether it is the current run of the code inside. One that is off is not, so that what is on below it finds the right parent; of a
    /// trace that is sampled out one is enough.
    /// </summary>
    private bool Surrounds => IsTraced || (IsSampledOut && Ambient.Run is not { IsSampledOut: true });

    private bool Has(RunFlags any) => (_flags & any) != RunFlags.None;

    /// <summary>Makes what surrounded the run current again; the run goes on.</summary>
    internal void Leave()
    {
        if (Has(RunFlags.Entered))
        {
            _flags &= ~RunFlags.Entered;
            Ambient.Value = _outer;
        }

        _outer = null;
    }

    private void Complete(string? error, bool again = true)
    {
        Action<RunTree>? onEnd;
        lock (_lock)
        {
            if (Has(RunFlags.Ended))
            {
                if (again)
                {
                    Log.EndedTwice(Tracer.Logger, Id);
                }

                return;
            }

            var now = Tracer.Time.GetUtcNow().UtcTicks;
            Volatile.Write(ref _endTicks, Math.Max(now - (now % TimeSpan.TicksPerMicrosecond), _startTicks));
            _flags |= RunFlags.Ended | RunFlags.OtherNew;
            if (error is { Length: > 0 })
            {
                Details().Error = error;
            }

            onEnd = _details?.OnEnd;
        }

        if (onEnd is not null)
        {
            Call(onEnd);
        }

        if (_ownsId)
        {
            Tracer.Ids.Ended(Id);
        }

        lock (_lock)
        {
            if (Has(RunFlags.Posted))
            {
                Enqueue(_outputs?.Length ?? 0);
            }
        }
    }

    private void Call(Action<RunTree> onEnd)
    {
        try
        {
            onEnd(this);
        }
        catch (Exception exception)
        {
            // Border: the application's callback must not fail the application's call.
            Log.CallbackFailed(Tracer.Logger, exception, Id);
        }
    }
}
