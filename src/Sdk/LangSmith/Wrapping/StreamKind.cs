namespace LangSmith.Wrapping;

/// <summary>A delegate that returns a stream to be pulled: each enumeration is a run, which begins with the first pull.</summary>
internal sealed class StreamKind<T> : ResultKind<IEnumerable<T>>
{
    public static StreamKind<T> Instance { get; } = new();

    public override IEnumerable<T> Trace<TInvocation>(WrappedCall call, TInvocation invocation)
    {
        var run = invocation.Start();
        // The consumer's code is not inside of the run; only the producer's is.
        run.Leave();
        var chunks = new Chunks(call, run);
        var isWhole = false;
        IEnumerator<T>? stream = null;
        try
        {
            while (Move(call, run, invocation, ref stream))
            {
                chunks.Add(stream!.Current);
                yield return stream.Current;
            }

            isWhole = true;
        }
        finally
        {
            // A consumer that has seen enough ends the run with what came; that is no error.
            try
            {
                Close(call, run, stream);
            }
            finally
            {
                chunks.End(isWhole);
            }
        }
    }

    private static void Close(WrappedCall call, RunTree run, IEnumerator<T>? stream)
    {
        // The finally blocks of an iterator that was left early are part of the run.
        using var current = run.MakeCurrent();
        try
        {
            stream?.Dispose();
        }
        catch (Exception exception) when (run.EndTime is null && call.Fail(run, exception))
        {
            throw;
        }
    }

    private static bool Move<TInvocation>(WrappedCall call, RunTree run, TInvocation invocation, ref IEnumerator<T>? stream)
        where TInvocation : struct, IInvocation<IEnumerable<T>>
    {
        using var current = run.MakeCurrent();
        try
        {
            stream ??= invocation.Call().GetEnumerator();
            return stream.MoveNext();
        }
        catch (Exception exception) when (call.Fail(run, exception))
        {
            throw;
        }
    }
}
