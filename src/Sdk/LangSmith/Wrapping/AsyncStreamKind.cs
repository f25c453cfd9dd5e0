using System.Runtime.CompilerServices;

namespace LangSmith.Wrapping;

/// <summary>A delegate that returns an asynchronous stream: each enumeration is a run, which begins with the first pull.</summary>
internal sealed class AsyncStreamKind<T> : ResultKind<IAsyncEnumerable<T>>
{
    public static AsyncStreamKind<T> Instance { get; } = new();

    public override IAsyncEnumerable<T> Trace<TInvocation>(WrappedCall call, TInvocation invocation) =>
        Enumerate(call, invocation, CancellationToken.None);

    private static async IAsyncEnumerable<T> Enumerate<TInvocation>(
        WrappedCall call, TInvocation invocation, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TInvocation : struct, IInvocation<IAsyncEnumerable<T>>
    {
        var run = invocation.Start();
        run.Leave();
        var chunks = new Chunks(call, run);
        var isWhole = false;
        IAsyncEnumerator<T>? stream = null;
        try
        {
            stream = Open(call, run, invocation, cancellationToken);
            while (await MoveAsync(call, run, stream).ConfigureAwait(false))
            {
                chunks.Add(stream.Current);
                yield return stream.Current;
            }

            isWhole = true;
        }
        finally
        {
            // A consumer that has seen enough ends the run with what came; that is no error.
            try
            {
                if (stream is not null)
                {
                    await CloseAsync(call, run, stream).ConfigureAwait(false);
                }
            }
            finally
            {
                chunks.End(isWhole);
            }
        }
    }

    private static async ValueTask CloseAsync(WrappedCall call, RunTree run, IAsyncEnumerator<T> stream)
    {
        // The finally blocks of an iterator that was left early are part of the run.
        using var current = run.MakeCurrent();
        try
        {
            await stream.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (run.EndTime is null && call.Fail(run, exception))
        {
            throw;
        }
    }

    private static IAsyncEnumerator<T> Open<TInvocation>(WrappedCall call, RunTree run, TInvocation invocation, CancellationToken cancellationToken)
        where TInvocation : struct, IInvocation<IAsyncEnumerable<T>>
    {
        using var current = run.MakeCurrent();
        try
        {
            return invocation.Call().GetAsyncEnumerator(cancellationToken);
        }
        catch (Exception exception) when (call.Fail(run, exception))
        {
            throw;
        }
    }

    private static async ValueTask<bool> MoveAsync(WrappedCall call, RunTree run, IAsyncEnumerator<T> stream)
    {
        // Each step of an async iterator starts in its caller's context, where the run is not the current one.
        using var current = run.MakeCurrent();
        try
        {
            return await stream.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (call.Fail(run, exception))
        {
            throw;
        }
    }
}
