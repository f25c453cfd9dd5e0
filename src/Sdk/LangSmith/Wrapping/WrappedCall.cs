using System.Reflection;
using LangSmith.Capture;
using LangSmith.Tracing;

namespace LangSmith.Wrapping;

/// <summary>What all calls of one wrapped delegate have in common.</summary>
internal sealed class WrappedCall
{
    private static readonly TraceableOptions s_none = new();

    private readonly string _name;
    private readonly string[] _names;
    private readonly bool[] _captured;
    private readonly RunOptions? _called;

    public WrappedCall(Delegate target, TraceableOptions? options)
    {
        Options = options ?? s_none;
        var method = target.Method;
        var parameters = method.GetParameters();
        // A closure over a static method has its target as a first parameter that the delegate's callers do not see.
        var arity = target.GetType().GetMethod("Invoke")?.GetParameters().Length ?? parameters.Length;
        parameters = [.. parameters.TakeLast(arity)];
        _name = Options.Name ?? (method.Name.Contains('<', StringComparison.Ordinal) ? LocalName(method.Name) : method.Name);
        _names = [.. parameters.Select((parameter, index) => parameter.Name is { Length: > 0 } name ? name : $"arg{index + 1}")];
        _captured = [.. parameters.Select(IsCaptured)];
        _called = options is null ? null : new RunOptions
        {
            RunType = options.RunType,
            Tags = options.Tags,
            Metadata = options.Metadata,
            ProjectName = options.ProjectName,
            Enabled = options.Enabled,
        };
    }

    public TraceableOptions Options { get; }

    /// <summary>True when nothing about a call is traced: no run or scope around it, tracing off, and neither the call nor the wrapper says
    /// otherwise.</summary>
    public bool IsOff(RunOptions? given) =>
        given is null && _called?.Enabled is null && Ambient.Value is null && !LangSmithTracer.Default.IsEnabled;

    public RunTree Start(RunOptions? given, params ReadOnlySpan<object?> arguments)
    {
        var run = Begin(given);
        if (run.IsTraced)
        {
            Capture(run, arguments);
        }

        return run.Enter();
    }

    /// <summary>Records a result.</summary>
    public void End(RunTree run, object? result)
    {
        if (run.IsTraced)
        {
            run.SetOutputs(Processed(run, result));
        }

        run.End();
    }

    /// <summary>Records a failure; false, for use in a filter.</summary>
    public bool Fail(RunTree run, Exception exception)
    {
        if (Options.IgnoreException?.Invoke(exception) is true)
        {
            run.End();
        }
        else
        {
            run.Fail(exception);
        }

        return false;
    }

    private object? Processed(RunTree run, object? result)
    {
        try
        {
            return Options.ProcessOutputs is { } process ? process(result) : LazySequence.Is(result) ? LazySequence.Text : result;
        }
        catch (Exception exception)
        {
            // Border: and what was to be processed may be what must not leave.
            Log.CallbackFailed(run.Tracer.Logger, exception, run.Id);
            return $"[ProcessOutputs failed: {exception.GetType().Name}]";
        }
    }

    private RunTree Begin(RunOptions? given) =>
        RunStart.Begin(LangSmithTracer.Current, _name, RunOptions.Merge(given, _called), Options.TakeId());

    private void Capture(RunTree run, ReadOnlySpan<object?> arguments)
    {
        var inputs = new Dictionary<string, object?>(arguments.Length);
        for (var index = 0; index < arguments.Length; index++)
        {
            if (_captured[index] && !ArgumentFiles.TryAttach(run, arguments[index]))
            {
                inputs[_names[index]] = LazySequence.Is(arguments[index]) ? LazySequence.Text : arguments[index];
            }
        }

        try
        {
            run.SetInputs(Options.ProcessInputs is { } process ? process(inputs) : inputs);
        }
        catch (Exception exception)
        {
            Log.CallbackFailed(run.Tracer.Logger, exception, run.Id);
            run.SetInputs($"[ProcessInputs failed: {exception.GetType().Name}]");
        }
    }

    private static bool IsCaptured(ParameterInfo parameter) =>
        parameter.ParameterType != typeof(CancellationToken) && parameter.ParameterType != typeof(RunTree)
        && !parameter.ParameterType.IsByRefLike && !parameter.IsDefined(typeof(NotTracedAttribute), inherit: false);

    /// <summary>The name that a person gave to a local function, which the compiler hides in another.</summary>
    private static string LocalName(string name)
    {
        var begin = name.IndexOf("g__", StringComparison.Ordinal);
        var end = name.LastIndexOf('|');
        return begin > 0 && end > begin ? name[(begin + 3)..end] : "lambda";
    }
}
