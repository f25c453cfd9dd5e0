namespace LangSmith.Wrapping;

/// <summary>Runs a body as a run until its result, of whatever kind, is complete.</summary>
/// <typeparam name="TResult">What the delegate returns: a value, a task, a stream.</typeparam>
internal abstract class ResultKind<TResult>
{
    /// <param name="call">The wrapped delegate.</param>
    /// <param name="invocation">The call.</param>
    public abstract TResult Trace<TInvocation>(WrappedCall call, TInvocation invocation)
        where TInvocation : struct, IInvocation<TResult>;
}
