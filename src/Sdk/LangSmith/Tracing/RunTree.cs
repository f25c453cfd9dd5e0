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
    // Most runs are of one of these, and have its number instead of a reference.
    private static readonly string[] s_runTypes =
        [RunTypes.Chain, RunTypes.Llm, RunTypes.Tool, RunTypes.Retriever, RunTypes.Embedding, RunTypes.Prompt, RunTypes.Parser];

    // The fields are few because each is paid for by each call: what most runs do not have is in RunDetails, what many share is in
    // RunSurroundings, and the trace's id is read from its root.
    private readonly RunSurroundings _surroundings;
    private readonly long _startTicks;
    private Guid _id;
    private AmbientChange _entered;
    private string? _dottedOrder;
    private byte[]? _inputs;
    private byte[]? _outputs;
    private RunDetails? _details;
    private long _endTicks;
    private int _announced;

    // Guarded by the lock once others know the run.
    private RunFlags _flags;

    // Of the flow that the run surrounds, which takes no lock for it.
    private bool _isEntered;

    private readonly byte _runType;

    internal RunTree(RunSurroundings surroundings, Guid id, RunTree? parent, string name, string? runType, DateTimeOffset start)
    {
        _surroundings = surroundings;
        _id = id;
        Parent = parent;
        Name = name;
        _runType = NumberOf(runType);
        // Microseconds are what the wire has: the start and the dotted order must name the same instant.
        _startTicks = start.UtcTicks - (start.UtcTicks % TimeSpan.TicksPerMicrosecond);
        _flags = RunFlags.Traced;
    }

    private RunTree(LangSmithTracer tracer, Guid? id, string name, string? runType, DateTimeOffset start, bool isSampledOut)
        : this(tracer.Surroundings, id.GetValueOrDefault(), null, name, runType, start) =>
        _flags = (isSampledOut ? RunFlags.SampledOut : RunFlags.None) | (id is null ? RunFlags.IdOnDemand : RunFlags.None);

    private RunTree(RunSurroundings surroundings, Guid id, Guid traceId, string dottedOrder, DateTimeOffset start, bool isProjectKnown)
        : this(surroundings, id, null, "", null, start)
    {
        Details().TraceId = traceId;
        _dottedOrder = dottedOrder;
        _flags |= isProjectKnown ? RunFlags.Remote : RunFlags.Remote | RunFlags.ProjectUnknown;
    }

    [Flags]
    private enum RunFlags : ushort
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

        Ended = 64,

        // What was given since the last take.
        InputsNew = 128,
        OutputsNew = 256,
        ExtraNew = 512,
        EventsNew = 1024,
        OtherNew = 2048,

        /// <summary>It runs in another process that did not say where.</summary>
        ProjectUnknown = 4096,

        /// <summary>The caller chose its id.</summary>
        OwnsId = 8192,

        /// <summary>It is off, and its id is made when somebody asks for it.</summary>
        IdOnDemand = 16384,

        AnythingNew = InputsNew | OutputsNew | ExtraNew | EventsNew | OtherNew,
    }

    /// <summary>The run's id.</summary>
    public Guid Id => Has(RunFlags.IdOnDemand) ? IdMadeNow() : _id;

    /// <summary>The id of the trace, which is that of its root run.</summary>
    public Guid TraceId
    {
        get
        {
            var root = this;
            while (root.Parent is { } parent)
            {
                root = parent;
            }

            return root._details?.TraceId ?? root.Id;
        }
    }

    /// <summary>The run above; null for a root.</summary>
    public RunTree? Parent { get; }

    /// <summary>The id of the run above; null for a root.</summary>
    public Guid? ParentRunId => Parent?.Id;

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The run type, one of <see cref="RunTypes"/>.</summary>
    public string RunType => _runType < s_runTypes.Length ? s_runTypes[_runType] : _details!.RunType!;

    /// <summary>The project that the run goes to.</summary>
    public string ProjectName => _surroundings.ProjectName;

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

    internal LangSmithTracer Tracer => _surroundings.Tracer;

    internal Inheritance? Inheritance => _surroundings.Inheritance;

    internal RunSurroundings Surroundings => _surroundings;

    Guid IExportableRun.RunId => Id;

    /// <summary>Makes a root by hand; <see cref="Post"/> sends it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="options">What it is given; null for nothing.</param>
    /// <exception cref="ArgumentException">In strict mode: the run id is bad.</exception>
    public static RunTree CreateRoot(string name, RunOptions? options = null)
    {
        using var apart = new Scope { Tracer = Ambient.Tracer, Run = null }.Enter();
        return RunStart.Begin(name, options);
    }

    /// <summary>Makes a child by hand; <see cref="Post"/> sends it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="options">What it is given; null for nothing.</param>
    /// <exception cref="ArgumentException">In strict mode: the run id is bad.</exception>
    public RunTree CreateChild(string name, RunOptions? options = null) => RunStart.Begin(Tracer, name, options, parent: this);

    /// <summary>Makes this the current run until the result is disposed of; for code that runs elsewhere than where the run began.</summary>
    public CurrentRunScope MakeCurrent() => new(AmbientChange.To(Surrounds ? this : Ambient.Value));

    /// <summary>Sends the run's beginning; from then on <see cref="End(object?)"/> sends the rest by itself.</summary>
    public void Post()
    {
        lock (Lock)
        {
            _flags |= RunFlags.Posted | RunFlags.OtherNew;
            Enqueue((_inputs?.Length ?? 0) + (_outputs?.Length ?? 0));
        }
    }

    /// <summary>Sends what was given since the run was last sent.</summary>
    public void Patch()
    {
        lock (Lock)
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
    public void End(object? outputs = null) => Complete(null, outputs is null ? null : OutputsOf(outputs));

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
    public void Dispose() => Dispose(outputs: null);

    /// <param name="tracer">The tracer.</param>
    /// <param name="id">The id; null for one that is made when somebody asks for it.</param>
    /// <param name="name">The name.</param>
    /// <param name="runType">The run type; null for a chain.</param>
    /// <param name="start">The start.</param>
    /// <param name="onEnd">Called at the end; null for nothing.</param>
    /// <param name="isSampledOut">Whether the whole trace is left out by the sampling rate.</param>
    internal static RunTree Untraced(
        LangSmithTracer tracer, Guid? id, string name, string? runType, DateTimeOffset start, Action<RunTree>? onEnd, bool isSampledOut)
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
        new(
            tracer.Surroundings.For(tracer, project ?? tracer.Settings.ProjectName, inheritance), own.RunId, traceId, dottedOrder, own.StartTime,
            isProjectKnown: project is not null);

    /// <summary>Makes the run, which nobody else knows yet, the current one and sends its beginning.</summary>
    internal RunTree Enter()
    {
        if (Surrounds)
        {
            _isEntered = true;
            _entered = AmbientChange.To(this);
        }

        if (IsTraced)
        {
            EnqueueFirst();
        }

        return this;
    }

    /// <summary>Ends the run if it is going on, and makes what surrounded it current again.</summary>
    /// <param name="outputs">What came out, as JSON; null leaves it as it is.</param>
    internal void Dispose(byte[]? outputs)
    {
        // Looked at without the lock, to save it and a reading of the clock: what has ended stays so.
        if (outputs is not null || !Has(RunFlags.Ended))
        {
            Complete(null, outputs, again: false);
        }

        Leave();
    }

    /// <summary>Ends the run with what came out.</summary>
    internal void EndWith<T>(T outputs) => Complete(null, OutputsOf(outputs));

    /// <summary>Takes the id as one of the caller's choosing.</summary>
    /// <param name="refused">What was chosen instead and not taken; null when it was taken.</param>
    internal void TakeId(string? refused)
    {
        if (refused is null)
        {
            _flags |= RunFlags.OwnsId;
            Tracer.Ids.Began(_id);
        }
        else
        {
            Details().RefusedId = refused;
        }
    }

    /// <summary>Takes what only a new run is given, which nobody else knows yet.</summary>
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

    /// <summary>Takes the inputs of a new run, which nobody else knows yet.</summary>
    internal void TakeInputs(byte[] json)
    {
        _inputs = json;
        _flags |= RunFlags.InputsNew;
    }

    /// <summary>
    /// Whether it is the current run of the code inside. One that is off is not, so that what is on below it finds the right parent; of a
    /// trace that is sampled out one is enough.
    /// </summary>
    private bool Surrounds => IsTraced || (IsSampledOut && Ambient.Run is not { IsSampledOut: true });

    private byte NumberOf(string? runType)
    {
        var number = runType is null ? 0 : Array.IndexOf(s_runTypes, runType);
        if (number < 0)
        {
            Details().RunType = runType;
            return byte.MaxValue;
        }

        return (byte)number;
    }

    private bool Has(RunFlags any) => (_flags & any) != RunFlags.None;

    /// <summary>Makes what surrounded the run current again; the run goes on.</summary>
    internal void Leave()
    {
        if (_isEntered)
        {
            _isEntered = false;
            _entered.Undo();
            // Whoever keeps the run must not keep the context, and all that flows with it.
            _entered = default;
        }
    }

    private void Complete(string? error, byte[]? outputs = null, bool again = true)
    {
        var end = Tracer.Time.GetUtcNow().UtcTicks;
        lock (Lock)
        {
            if (outputs is not null)
            {
                TakeOutputs(outputs);
            }

            if (Has(RunFlags.Ended))
            {
                if (again)
                {
                    Log.EndedTwice(Tracer.Logger, Id);
                }

                return;
            }

            Volatile.Write(ref _endTicks, Math.Max(end - (end % TimeSpan.TicksPerMicrosecond), _startTicks));
            _flags |= RunFlags.Ended | RunFlags.OtherNew;
            if (error is { Length: > 0 })
            {
                Details().Error = error;
            }

            if (_details?.OnEnd is null)
            {
                EnqueueLast();
                return;
            }
        }

        // The callback may still add something; it must not run under the lock.
        Call(_details.OnEnd);
        lock (Lock)
        {
            EnqueueLast();
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

    private Guid IdMadeNow()
    {
        lock (Lock)
        {
            return _id == Guid.Empty ? _id = Uuid7.NewGuid() : _id;
        }
    }
}
