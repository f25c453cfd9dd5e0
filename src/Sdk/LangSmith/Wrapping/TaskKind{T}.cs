namespace LangSmith.Wrapping;

/// <summary>A delegate that returns a task with a result.</summary>
internal sealed class TaskKind<T> : ResultKind<Task<T>>
{
    public static TaskKind<T> Instance { get; } = new();

    public override async Task<T> Trace<TInvocation>(WrappedCall call, TInvocation invocation)
    {
        using var run = invocation.Start();
        try
        {
            var result = await invocation.Call().ConfigureAwait(false);
            call.End(run, result);
            return result;
        }
        catch (Exception exception) when (call.Fail(run, exception))
        {
            throw;
        }
    }
}
