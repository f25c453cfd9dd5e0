namespace LangSmith.Wrapping;

/// <summary>A delegate that returns a task with a result.</summary>
internal sealed class TaskKind<T> : ResultKind<Task<T>>
{
    public static TaskKind<T> Instance { get; } = new();

    public override async Task<T> Trace(WrappedCall call, Func<RunTree> start, Func<Task<T>> body)
    {
        using var run = start();
        try
        {
            var result = await body().ConfigureAwait(false);
            call.End(run, result);
            return result;
        }
        catch (Exception exception) when (call.Fail(run, exception))
        {
            throw;
        }
    }
}
