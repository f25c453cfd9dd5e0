using LangSmith.Wrapping;

namespace LangSmith;

/// <summary>A delegate without a result whose calls are traced, made by <c>Traceable.Wrap</c>.</summary>
/// <typeparam name="T1">The type of argument 1.</typeparam>
public sealed class TracedAction<T1>
{
    private readonly Action<T1> _target;
    private readonly WrappedCall _call;

    internal TracedAction(Action<T1> target, TraceableOptions? options)
    {
        _target = target;
        _call = new WrappedCall(target, options);
    }

    /// <summary>Calls the delegate as a run.</summary>
    /// <param name="argument1">Argument 1.</param>
    /// <param name="options">What this call's run is given, such as a run id; null for nothing.</param>
    public void Invoke(T1 argument1, RunOptions? options = null)
    {
        if (_call.IsOff(options))
        {
            _target(argument1);
            return;
        }

        Trace(argument1, options);
    }

    /// <summary>The traced delegate as a plain one.</summary>
    public Action<T1> ToAction() => argument1 => Invoke(argument1);

    /// <summary>The traced delegate as a plain one.</summary>
    public static implicit operator Action<T1>(TracedAction<T1> traced) => traced.ToAction();

    // Apart from Invoke, so that a call that is not traced does not make room for the invocation.
    private void Trace(T1 argument1, RunOptions? options) =>
        ValueKind<object?>.Instance.Trace(_call, new Invocation(this, argument1, options));

    private readonly struct Invocation(TracedAction<T1> traced, T1 argument1, RunOptions? options)
        : IInvocation<object?>
    {
        public RunTree Start()
        {
            var arguments = traced._call.Open(options);
            arguments.Add(0, argument1);
            return arguments.Enter();
        }

        public object? Call()
        {
            traced._target(argument1);
            return null;
        }
    }
}
