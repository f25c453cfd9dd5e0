namespace LangSmith.Wrapping;

/// <summary>Runs a body as a run until its result, of whatever kind, is complete.</summary>
/// <typeparam name="TResult">What the delegate returns: a value, a task, a stream.</typeparam>
internal abstract class ResultKind<TResult>
{
    /// <param name="call">The wrapped delegate.</param>
    /// <param name="start">Starts a run; called once for each run that the result needs.</param>
    /// <param name="body">Calls the delegate.</param>
    public abstract TResult Trace(WrappedCall call, Func<RunTree> start, Func<TResult> body);
}
