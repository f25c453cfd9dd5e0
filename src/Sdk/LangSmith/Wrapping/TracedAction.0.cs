using LangSmith.Wrapping;

namespace LangSmith;

/// <summary>A delegate without a result whose calls are traced, made by <c>Traceable.Wrap</c>.</summary>
public sealed class TracedAction
{
    private readonly Action _target;
    private readonly WrappedCall _call;

    internal TracedAction(Action target, TraceableOptions? options)
    {
        _target = target;
        _call = new WrappedCall(target, options);
    }

    /// <summary>Calls the delegate as a run.</summary>
    /// <param name="options">What this call's run is given, such as a run id; null for nothing.</param>
    public void Invoke(RunOptions? options = null)
    {
        if (_call.IsOff(options))
        {
            _target();
            return;
        }

        Trace(options);
    }

    /// <summary>The traced delegate as a plain one.</summary>
    public Action ToAction() => () => Invoke();

    /// <summary>The traced delegate as a plain one.</summary>
    public static implicit operator Action(TracedAction traced) => traced.ToAction();

    // Apart from Invoke, so that a call that is not traced does not make room for the invocation.
    private void Trace(RunOptions? options) =>
        ValueKind<object?>.Instance.Trace(_call, new Invocation(this, options));

    private readonly struct Invocation(TracedAction traced, RunOptions? options)
        : IInvocation<object?>
    {
        public RunTree Start()
        {
            var arguments = traced._call.Open(options);
            return arguments.Enter();
        }

        public object? Call()
        {
            traced._target();
            return null;
        }
    }
}
