using System.Runtime.CompilerServices;

namespace LangSmith.Wrapping;

/// <summary>A delegate that returns an asynchronous stream: each enumeration is a run, which begins with the first pull.</summary>
internal sealed class AsyncStreamKind<T> : ResultKind<IAsyncEnumerable<T>>
{
    public static AsyncStreamKind<T> Instance { get; } = new();

    public override IAsyncEnumerable<T> Trace(WrappedCall call, Func<RunTree> start, Func<IAsyncEnumerable<T>> body) =>
        Enumerate(call, start, body, CancellationToken.None);

    private static async IAsyncEnumerable<T> Enumerate(
        WrappedCall call, Func<RunTree> start, Func<IAsyncEnumerable<T>> body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var run = start();
        run.Leave();
        var chunks = new Chunks(call, run);
        var isWhole = false;
        IAsyncEnumerator<T>? stream = null;
        try
        {
            stream = Open(call, run, body, cancellationToken);
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
            if (stream is not null)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }

            chunks.End(isWhole);
        }
    }

    private static IAsyncEnumerator<T> Open(WrappedCall call, RunTree run, Func<IAsyncEnumerable<T>> body, CancellationToken cancellationToken)
    {
        using var current = run.MakeCurrent();
        try
        {
            return body().GetAsyncEnumerator(cancellationToken);
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
