namespace LangSmith.Wrapping;

/// <summary>A delegate that returns a value task with a result.</summary>
internal sealed class ValueTaskKind<T> : ResultKind<ValueTask<T>>
{
    public static ValueTaskKind<T> Instance { get; } = new();

    public override async ValueTask<T> Trace<TInvocation>(WrappedCall call, TInvocation invocation)
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
