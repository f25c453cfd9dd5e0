using System.Reflection;
using LangSmith.Capture;
using LangSmith.Tracing;

namespace LangSmith.Wrapping;

/// <summary>What all calls of one wrapped delegate have in common.</summary>
internal sealed class WrappedCall
{
    private static readonly TraceableOptions s_none = new();

    private readonly string _name;
    private readonly string?[] _names;
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
        _names = [.. parameters.Select(NameOf)];
        // None when they say nothing, to have nothing to merge with what a call gives.
        _called = options is null or { RunType: null, Tags: null, Metadata: null, ProjectName: null, Enabled: null } ? null : new RunOptions
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

    /// <summary>Begins the run of a call.</summary>
    public WrappedArguments Open(RunOptions? given) =>
        new(this, RunStart.Begin(_name, RunOptions.Merge(given, _called), Options.TakeId()));

    /// <summary>The name under which an argument is recorded; null when it is not.</summary>
    public string? NameOf(int index) => _names[index];

    /// <summary>Records a result.</summary>
    public void End<T>(RunTree run, T result)
    {
        if (run.IsTraced && Options.ProcessOutputs is { } process)
        {
            run.EndWith(Processed(process, run, result));
        }
        else if (LazySequence.Is(result))
        {
            run.EndWith(LazySequence.Text);
        }
        else
        {
            run.EndWith(result);
        }
    }

    /// <summary>Records a failure; false, for use in a filter.</summary>
    public bool Fail(RunTree run, Exception exception)
    {
        if (Ignores(run, exception))
        {
            run.End();
        }
        else
        {
            run.Fail(exception);
        }

        return false;
    }

    private bool Ignores(RunTree run, Exception exception)
    {
        try
        {
            return Options.IgnoreException?.Invoke(exception) is true;
        }
        catch (Exception thrown)
        {
            // Border: in a filter what it throws would be swallowed, and the failure with it.
            Log.CallbackFailed(run.Tracer.Logger, thrown, run.Id);
            return false;
        }
    }

    private static object? Processed(Func<object?, object?> process, RunTree run, object? result)
    {
        try
        {
            return process(result);
        }
        catch (Exception exception)
        {
            // Border: and what was to be processed may be what must not leave.
            Log.CallbackFailed(run.Tracer.Logger, exception, run.Id);
            return $"[ProcessOutputs failed: {exception.GetType().Name}]";
        }
    }

    private static string? NameOf(ParameterInfo parameter, int index) =>
        !IsCaptured(parameter) ? null
        : parameter.Name is { Length: > 0 } name ? name
        : $"arg{index + 1}";

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
