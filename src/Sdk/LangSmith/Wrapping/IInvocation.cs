namespace LangSmith.Wrapping;

/// <summary>One call of a wrapped delegate, with its arguments. A structure, so that a call that is traced allocates no closures.</summary>
/// <typeparam name="TResult">What the delegate returns.</typeparam>
internal interface IInvocation<TResult>
{
    /// <summary>Starts a run with the arguments; called once for each run that the result needs.</summary>
    RunTree Start();

    /// <summary>Calls the delegate.</summary>
    TResult Call();
}
