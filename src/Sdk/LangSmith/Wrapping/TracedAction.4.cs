using LangSmith.Wrapping;

namespace LangSmith;

/// <summary>A delegate without a result whose calls are traced, made by <c>Traceable.Wrap</c>.</summary>
/// <typeparam name="T1">The type of argument 1.</typeparam>
/// <typeparam name="T2">The type of argument 2.</typeparam>
/// <typeparam name="T3">The type of argument 3.</typeparam>
/// <typeparam name="T4">The type of argument 4.</typeparam>
public sealed class TracedAction<T1, T2, T3, T4>
{
    private readonly Action<T1, T2, T3, T4> _target;
    private readonly WrappedCall _call;

    internal TracedAction(Action<T1, T2, T3, T4> target, TraceableOptions? options)
    {
        _target = target;
        _call = new WrappedCall(target, options);
    }

    /// <summary>Calls the delegate as a run.</summary>
    /// <param name="argument1">Argument 1.</param>
    /// <param name="argument2">Argument 2.</param>
    /// <param name="argument3">Argument 3.</param>
    /// <param name="argument4">Argument 4.</param>
    /// <param name="options">What this call's run is given, such as a run id; null for nothing.</param>
    public void Invoke(T1 argument1, T2 argument2, T3 argument3, T4 argument4, RunOptions? options = null)
    {
        if (_call.IsOff(options))
        {
            _target(argument1, argument2, argument3, argument4);
            return;
        }

        Trace(argument1, argument2, argument3, argument4, options);
    }

    /// <summary>The traced delegate as a plain one.</summary>
    public Action<T1, T2, T3, T4> ToAction() => (argument1, argument2, argument3, argument4) => Invoke(argument1, argument2, argument3, argument4);

    /// <summary>The traced delegate as a plain one.</summary>
    public static implicit operator Action<T1, T2, T3, T4>(TracedAction<T1, T2, T3, T4> traced) => traced.ToAction();

    // Apart from Invoke, so that a call that is not traced does not make room for the invocation.
    private void Trace(T1 argument1, T2 argument2, T3 argument3, T4 argument4, RunOptions? options) =>
        ValueKind<object?>.Instance.Trace(_call, new Invocation(this, argument1, argument2, argument3, argument4, options));

    private readonly struct Invocation(TracedAction<T1, T2, T3, T4> traced, T1 argument1, T2 argument2, T3 argument3, T4 argument4, RunOptions? options)
        : IInvocation<object?>
    {
        public RunTree Start()
        {
            var arguments = traced._call.Open(options);
            arguments.Add(0, argument1);
            arguments.Add(1, argument2);
            arguments.Add(2, argument3);
            arguments.Add(3, argument4);
            return arguments.Enter();
        }

        public object? Call()
        {
            traced._target(argument1, argument2, argument3, argument4);
            return null;
        }
    }
}
