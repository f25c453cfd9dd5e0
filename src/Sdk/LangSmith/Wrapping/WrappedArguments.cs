using LangSmith.Capture;
using LangSmith.Tracing;

namespace LangSmith.Wrapping;

/// <summary>Takes the arguments of a call one by one, as JSON or, when they are to be processed, as values, and starts its run with them.</summary>
internal readonly struct WrappedArguments
{
    private readonly WrappedCall _call;
    private readonly RunTree _run;
    private readonly JsonScratch? _json;
    private readonly Dictionary<string, object?>? _values;

    public WrappedArguments(WrappedCall call, RunTree run)
    {
        _call = call;
        _run = run;
        if (!run.IsTraced || run.Tracer.Settings.HideInputs)
        {
            return;
        }

        if (call.Options.ProcessInputs is null)
        {
            _json = JsonScratch.Rent();
            _json.Writer.WriteStartObject();
        }
        else
        {
            _values = [];
        }
    }

    /// <summary>Takes the next argument.</summary>
    /// <param name="index">Which it is, from zero.</param>
    /// <param name="argument">The argument.</param>
    public void Add<T>(int index, T argument)
    {
        if (!_run.IsTraced || _call.NameOf(index) is not { } name || (IsMaybeFile(argument) && ArgumentFiles.TryAttach(_run, argument)))
        {
            return;
        }

        if (LazySequence.Is(argument))
        {
            Put(name, LazySequence.Text);
        }
        else
        {
            Put(name, argument);
        }
    }

    /// <summary>Starts the run.</summary>
    public RunTree Enter()
    {
        if (_json is not null)
        {
            _json.Writer.WriteEndObject();
            _run.TakeInputs(_json.Take());
        }
        else if (_run.IsTraced)
        {
            _run.TakeInputs(_run.InputsOf(_values is null ? null : Processed(_values)));
        }

        return _run.Enter();
    }

    // Decided without boxing for what most arguments are.
    private static bool IsMaybeFile<T>(T argument) => !typeof(T).IsPrimitive && argument is not string;

    private void Put<T>(string name, T value)
    {
        if (_values is not null)
        {
            _values[name] = value;
        }
        else if (_json is not null)
        {
            _json.Writer.WritePropertyName(name);
            _run.Tracer.Json.Write(_json.Writer, value);
        }
    }

    private object? Processed(Dictionary<string, object?> values)
    {
        try
        {
            return _call.Options.ProcessInputs!(values);
        }
        catch (Exception exception)
        {
            // Border: and what was to be processed may be what must not leave.
            Log.CallbackFailed(_run.Tracer.Logger, exception, _run.Id);
            return $"[ProcessInputs failed: {exception.GetType().Name}]";
        }
    }
}
