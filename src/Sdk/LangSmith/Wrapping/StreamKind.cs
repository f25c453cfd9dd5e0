namespace LangSmith.Wrapping;

/// <summary>A delegate that returns a stream to be pulled: each enumeration is a run, which begins with the first pull.</summary>
internal sealed class StreamKind<T> : ResultKind<IEnumerable<T>>
{
    public static StreamKind<T> Instance { get; } = new();

    public override IEnumerable<T> Trace(WrappedCall call, Func<RunTree> start, Func<IEnumerable<T>> body)
    {
        var run = start();
        // The consumer's code is not inside of the run; only the producer's is.
        run.Leave();
        var chunks = new Chunks(call, run);
        var isWhole = false;
        IEnumerator<T>? stream = null;
        try
        {
            while (Move(call, run, body, ref stream))
            {
                chunks.Add(stream!.Current);
                yield return stream.Current;
            }

            isWhole = true;
        }
        finally
        {
            // A consumer that has seen enough ends the run with what came; that is no error.
            stream?.Dispose();
            chunks.End(isWhole);
        }
    }

    private static bool Move(WrappedCall call, RunTree run, Func<IEnumerable<T>> body, ref IEnumerator<T>? stream)
    {
        using var current = run.MakeCurrent();
        try
        {
            stream ??= body().GetEnumerator();
            return stream.MoveNext();
        }
        catch (Exception exception) when (call.Fail(run, exception))
        {
            throw;
        }
    }
}
