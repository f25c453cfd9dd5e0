namespace LangSmith.Wrapping;

/// <summary>A delegate that returns a value task.</summary>
internal sealed class ValueTaskKind : ResultKind<ValueTask>
{
    public static ValueTaskKind Instance { get; } = new();

    public override async ValueTask Trace<TInvocation>(WrappedCall call, TInvocation invocation)
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
