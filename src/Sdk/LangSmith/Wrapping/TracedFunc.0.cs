using LangSmith.Wrapping;

namespace LangSmith;

/// <summary>A delegate whose calls are traced, made by <c>Traceable.Wrap</c>.</summary>
/// <typeparam name="TResult">What it returns: a value, a task, a stream. The run ends when that is complete.</typeparam>
public sealed class TracedFunc<TResult>
{
    private readonly Func<TResult> _target;
    private readonly ResultKind<TResult> _kind;
    private readonly WrappedCall _call;

    internal TracedFunc(Func<TResult> target, ResultKind<TResult> kind, TraceableOptions? options)
    {
        _target = target;
        _kind = kind;
        _call = new WrappedCall(target, options);
    }

    /// <summary>Calls the delegate as a run.</summary>
    /// <param name="options">What this call's run is given, such as a run id; null for nothing.</param>
    /// <returns>What the delegate returns.</returns>
    public TResult Invoke(RunOptions? options = null)
    {
        if (_call.IsOff(options))
        {
            return _target();
        }

        return Trace(options);
    }

    /// <summary>The traced delegate as a plain one.</summary>
    public Func<TResult> ToFunc() => () => Invoke();

    /// <summary>The traced delegate as a plain one.</summary>
    public static implicit operator Func<TResult>(TracedFunc<TResult> traced) => traced.ToFunc();

    // Apart from Invoke, so that a call that is not traced does not make room for the invocation.
    private TResult Trace(RunOptions? options) =>
        _kind.Trace(_call, new Invocation(this, options));

    private readonly struct Invocation(TracedFunc<TResult> traced, RunOptions? options)
        : IInvocation<TResult>
    {
        public RunTree Start()
        {
            var arguments = traced._call.Open(options);
            return arguments.Enter();
        }

        public TResult Call() => traced._target();
    }
}
