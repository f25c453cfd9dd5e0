using LangSmith.Wrapping;

namespace LangSmith;

/// <summary>A delegate whose calls are traced, made by <c>Traceable.Wrap</c>.</summary>
/// <typeparam name="T1">The type of argument 1.</typeparam>
/// <typeparam name="T2">The type of argument 2.</typeparam>
/// <typeparam name="T3">The type of argument 3.</typeparam>
/// <typeparam name="TResult">What it returns: a value, a task, a stream. The run ends when that is complete.</typeparam>
public sealed class TracedFunc<T1, T2, T3, TResult>
{
    private readonly Func<T1, T2, T3, TResult> _target;
    private readonly ResultKind<TResult> _kind;
    private readonly WrappedCall _call;

    internal TracedFunc(Func<T1, T2, T3, TResult> target, ResultKind<TResult> kind, TraceableOptions? options)
    {
        _target = target;
        _kind = kind;
        _call = new WrappedCall(target, options);
    }

    /// <summary>Calls the delegate as a run.</summary>
    /// <param name="argument1">Argument 1.</param>
    /// <param name="argument2">Argument 2.</param>
    /// <param name="argument3">Argument 3.</param>
    /// <param name="options">What this call's run is given, such as a run id; null for nothing.</param>
    /// <returns>What the delegate returns.</returns>
    public TResult Invoke(T1 argument1, T2 argument2, T3 argument3, RunOptions? options = null)
    {
        if (_call.IsOff(options))
        {
            return _target(argument1, argument2, argument3);
        }

        return Trace(argument1, argument2, argument3, options);
    }

    /// <summary>The traced delegate as a plain one.</summary>
    public Func<T1, T2, T3, TResult> ToFunc() => (argument1, argument2, argument3) => Invoke(argument1, argument2, argument3);

    /// <summary>The traced delegate as a plain one.</summary>
    public static implicit operator Func<T1, T2, T3, TResult>(TracedFunc<T1, T2, T3, TResult> traced) => traced.ToFunc();

    // Apart from Invoke, so that a call that is not traced does not make room for the invocation.
    private TResult Trace(T1 argument1, T2 argument2, T3 argument3, RunOptions? options) =>
        _kind.Trace(_call, new Invocation(this, argument1, argument2, argument3, options));

    private readonly struct Invocation(TracedFunc<T1, T2, T3, TResult> traced, T1 argument1, T2 argument2, T3 argument3, RunOptions? options)
        : IInvocation<TResult>
    {
        public RunTree Start()
        {
            var arguments = traced._call.Open(options);
            arguments.Add(0, argument1);
            arguments.Add(1, argument2);
            arguments.Add(2, argument3);
            return arguments.Enter();
        }

        public TResult Call() => traced._target(argument1, argument2, argument3);
    }
}
