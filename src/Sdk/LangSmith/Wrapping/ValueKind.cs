namespace LangSmith.Wrapping;

/// <summary>A delegate that returns a value.</summary>
internal sealed class ValueKind<T> : ResultKind<T>
{
    public static ValueKind<T> Instance { get; } = new();

    public override T Trace(WrappedCall call, Func<RunTree> start, Func<T> body)
    {
        using var run = start();
        try
        {
            var result = body();
            call.End(run, result);
            return result;
        }
        catch (Exception exception) when (call.Fail(run, exception))
        {
            throw;
        }
    }
}
