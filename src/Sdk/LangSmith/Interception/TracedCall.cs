using System.ComponentModel;
using System.Text.Json;
using LangSmith.Capture;
using LangSmith.Tracing;
using Log = LangSmith.Tracing.Log;

namespace LangSmith.Interception;

/// <summary>One call of a traced method. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public partial struct TracedCall
{
    private readonly TracedMethod _method;
    private JsonScratch? _inputs;

    private TracedCall(TracedMethod method, RunTree run) => (_method, Run) = (method, run);

    /// <summary>True when nothing is traced here: no run, no scope, tracing off.</summary>
    public static bool IsOff => Ambient.Value is null && !LangSmithTracer.Default.IsEnabled;

    /// <summary>The call's run.</summary>
    public RunTree Run { get; }

    /// <summary>Whether arguments are to be written.</summary>
    public readonly bool WantsInputs => Run.IsTraced && _method.CapturesInputs && !Run.Tracer.Settings.HideInputs;

    private readonly bool WantsOutputs => Run.IsTraced && _method.CapturesOutputs && !Run.Tracer.Settings.HideOutputs;

    /// <summary>Begins a call.</summary>
    /// <param name="method">The method.</param>
    /// <param name="options">What the call gives; null for nothing.</param>
    public static TracedCall Open(TracedMethod method, RunOptions? options) =>
        new(method, RunStart.Begin(method.Name, RunOptions.Merge(options, method.Called)));

    /// <summary>The service behind a generated decorator, which would trace the call a second time; what is none stays itself.</summary>
    public static T Undecorated<T>(T receiver)
        where T : class =>
        receiver is ITracedDecorator<T> decorator ? decorator.Inner : receiver;

    /// <summary>Makes the run current and sends its beginning.</summary>
    public readonly void Enter() => Run.Enter();

    /// <summary>Attaches an argument that is a file, or a collection of them.</summary>
    public readonly void Attach(object? files) => ArgumentFiles.TryAttach(Run, files);

    /// <summary>Where the arguments are written.</summary>
    public Utf8JsonWriter BeginInputs()
    {
        _inputs = JsonScratch.Rent();
        return _inputs.Writer;
    }

    /// <summary>Takes what was written.</summary>
    public void EndInputs()
    {
        if (_inputs is { } written)
        {
            _inputs = null;
            Run.TakeInputs(written.Take());
        }
    }

    /// <summary>Takes nothing: something threw while the arguments were written.</summary>
    public void DropInputs(Exception exception)
    {
        _inputs = null;
        Log.CallbackFailed(Run.Tracer.Logger, exception, Run.Id);
        Run.SetInputs(NotCaptured(exception));
    }

    /// <summary>Ends the run with a failure.</summary>
    public readonly void Fail(Exception exception)
    {
        if (_method.Ignores(exception))
        {
            Run.End();
        }
        else
        {
            Run.Fail(exception);
        }

        Run.Dispose();
    }

    /// <summary>Ends the run of a method without a result.</summary>
    public readonly void Complete() => Run.Dispose();

    /// <summary>Ends the run with a result.</summary>
    public readonly void Complete<T>(T result, Action<Utf8JsonWriter, T>? process = null) =>
        Run.Dispose(
            !WantsOutputs ? null
            : process is null && LazySequence.Is(result) ? OutputsOf(LazySequence.Text, null)
            : OutputsOf(result, process));

    private readonly void TakeOutputs<T>(T result, Action<Utf8JsonWriter, T>? process)
    {
        if (WantsOutputs)
        {
            Run.SetOutputsJson(OutputsOf(result, process));
        }
    }

    private readonly byte[] OutputsOf<T>(T result, Action<Utf8JsonWriter, T>? process)
    {
        try
        {
            return process is null
                ? Run.Tracer.Json.CaptureObject(result, "output")
                : ValueJson.Capture((result, process), static (writer, given) => given.process(writer, given.result));
        }
        catch (Exception exception)
        {
            // Border: the application's processor must not fail the application's call, and what it did not process must not leave.
            Log.CallbackFailed(Run.Tracer.Logger, exception, Run.Id);
            return Run.Tracer.Json.CaptureObject(NotCaptured(exception), "output");
        }
    }

    private static string NotCaptured(Exception exception) => $"[not captured: {exception.GetType().Name}]";
}
