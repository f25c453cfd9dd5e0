namespace LangSmith.Wrapping;

/// <summary>A delegate that returns a task.</summary>
internal sealed class TaskKind : ResultKind<Task>
{
    public static TaskKind Instance { get; } = new();

    public override async Task Trace(WrappedCall call, Func<RunTree> start, Func<Task> body)
    {
        using var run = start();
        try
        {
            await body().ConfigureAwait(false);
            call.End(run, null);
        }
        catch (Exception exception) when (call.Fail(run, exception))
        {
            throw;
        }
    }
}
