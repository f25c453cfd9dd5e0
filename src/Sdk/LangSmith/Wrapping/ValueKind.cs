namespace LangSmith.Wrapping;

/// <summary>A delegate that returns a value.</summary>
internal sealed class ValueKind<T> : ResultKind<T>
{
    public static ValueKind<T> Instance { get; } = new();

    public override T Trace<TInvocation>(WrappedCall call, TInvocation invocation)
    {
        using var run = invocation.Start();
        try
        {
            var result = invocation.Call();
            call.End(run, result);
            return result;
        }
        catch (Exception exception) when (call.Fail(run, exception))
        {
            throw;
        }
    }
}
