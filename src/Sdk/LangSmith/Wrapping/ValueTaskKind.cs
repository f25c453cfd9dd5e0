namespace LangSmith.Wrapping;

/// <summary>A delegate that returns a value task.</summary>
internal sealed class ValueTaskKind : ResultKind<ValueTask>
{
    public static ValueTaskKind Instance { get; } = new();

    public override async ValueTask Trace(WrappedCall call, Func<RunTree> start, Func<ValueTask> body)
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
