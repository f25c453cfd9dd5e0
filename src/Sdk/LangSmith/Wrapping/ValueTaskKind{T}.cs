namespace LangSmith.Wrapping;

/// <summary>A delegate that returns a value task with a result.</summary>
internal sealed class ValueTaskKind<T> : ResultKind<ValueTask<T>>
{
    public static ValueTaskKind<T> Instance { get; } = new();

    public override async ValueTask<T> Trace(WrappedCall call, Func<RunTree> start, Func<ValueTask<T>> body)
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
