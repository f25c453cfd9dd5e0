namespace LangSmith.Wrapping;

/// <summary>A delegate that returns a task.</summary>
internal sealed class TaskKind : ResultKind<Task>
{
    public static TaskKind Instance { get; } = new();

    public override async Task Trace<TInvocation>(WrappedCall call, TInvocation invocation)
    {
        using var run = invocation.Start();
        try
        {
            await invocation.Call().ConfigureAwait(false);
            call.End<object?>(run, null);
        }
        catch (Exception exception) when (call.Fail(run, exception))
        {
            throw;
        }
    }
}
