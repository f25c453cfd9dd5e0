using System.Runtime.CompilerServices;
using System.Text.Json;
using LangSmith.Tracing;

namespace LangSmith.Interception;

/// <content>Calls that return streams: each enumeration is a run; the options of the call are those of the first.</content>
public partial struct TracedCall
{
    /// <summary>Ends the run when the stream does, or when its consumer has seen enough.</summary>
    /// <param name="stream">What the method returned.</param>
    /// <param name="record">Makes what is recorded of a chunk.</param>
    /// <param name="process">Writes the outputs; null writes the list of chunks.</param>
    public readonly IEnumerable<T> CompleteStream<T, TChunk>(
        IEnumerable<T> stream, Func<T, TChunk> record, Action<Utf8JsonWriter, IReadOnlyList<TChunk>>? process)
    {
        if (stream is null)
        {
            Complete(stream);
            return stream!;
        }

        Run.Leave();
        return Enumerate(this, new StrongBox<int>(), stream, record, (call, chunks) => call.TakeOutputs(chunks, process));
    }

    /// <inheritdoc cref="CompleteStream{T, TChunk}(IEnumerable{T}, Func{T, TChunk}, Action{Utf8JsonWriter, IReadOnlyList{TChunk}})"/>
    public readonly IAsyncEnumerable<T> CompleteStream<T, TChunk>(
        IAsyncEnumerable<T> stream, Func<T, TChunk> record, Action<Utf8JsonWriter, IReadOnlyList<TChunk>>? process)
    {
        if (stream is null)
        {
            Complete(stream);
            return stream!;
        }

        Run.Leave();
        return EnumerateAsync(
            this, new StrongBox<int>(), stream, record, (call, chunks) => call.TakeOutputs(chunks, process), CancellationToken.None);
    }

    /// <summary>Ends the run when the stream does, or when its consumer has seen enough.</summary>
    /// <param name="stream">What the method returned.</param>
    /// <param name="record">Makes what is recorded of a chunk.</param>
    /// <param name="reduce">Makes one output of the chunks; when it throws, the chunks are recorded.</param>
    /// <param name="process">Writes the outputs; null writes what was reduced.</param>
    public readonly IEnumerable<T> CompleteStream<T, TChunk, TOutput>(
        IEnumerable<T> stream, Func<T, TChunk> record, Func<IReadOnlyList<TChunk>, TOutput> reduce, Action<Utf8JsonWriter, TOutput>? process)
    {
        if (stream is null)
        {
            Complete(stream);
            return stream!;
        }

        Run.Leave();
        return Enumerate(this, new StrongBox<int>(), stream, record, (call, chunks) => call.TakeReduced(chunks, reduce, process));
    }

    /// <summary>Ends the run when the stream does, or when its consumer has seen enough.</summary>
    /// <param name="stream">What the method returned.</param>
    /// <param name="record">Makes what is recorded of a chunk.</param>
    /// <param name="reduce">Makes one output of the chunks; when it throws, the chunks are recorded.</param>
    /// <param name="process">Writes the outputs; null writes what was reduced.</param>
    public readonly IAsyncEnumerable<T> CompleteStream<T, TChunk, TOutput>(
        IAsyncEnumerable<T> stream, Func<T, TChunk> record, Func<IReadOnlyList<TChunk>, TOutput> reduce, Action<Utf8JsonWriter, TOutput>? process)
    {
        if (stream is null)
        {
            Complete(stream);
            return stream!;
        }

        Run.Leave();
        return EnumerateAsync(
            this, new StrongBox<int>(), stream, record, (call, chunks) => call.TakeReduced(chunks, reduce, process), CancellationToken.None);
    }

    private static IEnumerable<T> Enumerate<T, TChunk>(
        TracedCall call, StrongBox<int> enumerations, IEnumerable<T> stream, Func<T, TChunk> record, Action<TracedCall, IReadOnlyList<TChunk>> takeOutputs)
    {
        call = call.ForEnumeration(enumerations);
        var chunks = new StreamChunks<T, TChunk>(call.Run, call.WantsOutputs, record);
        var isWhole = false;
        IEnumerator<T>? source = null;
        try
        {
            while (call.Move(stream, ref source))
            {
                chunks.Add(source!.Current);
                yield return source.Current;
            }

            isWhole = true;
        }
        finally
        {
            try
            {
                call.Close(source);
            }
            finally
            {
                call.CompleteChunks(chunks, isWhole, takeOutputs);
            }
        }
    }

    private static async IAsyncEnumerable<T> EnumerateAsync<T, TChunk>(
        TracedCall call, StrongBox<int> enumerations, IAsyncEnumerable<T> stream, Func<T, TChunk> record,
        Action<TracedCall, IReadOnlyList<TChunk>> takeOutputs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        call = call.ForEnumeration(enumerations);
        var chunks = new StreamChunks<T, TChunk>(call.Run, call.WantsOutputs, record);
        var isWhole = false;
        IAsyncEnumerator<T>? source = null;
        try
        {
            source = call.OpenStream(stream, cancellationToken);
            while (await MoveAsync(call, source).ConfigureAwait(false))
            {
                chunks.Add(source.Current);
                yield return source.Current;
            }

            isWhole = true;
        }
        finally
        {
            try
            {
                await CloseAsync(call, source).ConfigureAwait(false);
            }
            finally
            {
                call.CompleteChunks(chunks, isWhole, takeOutputs);
            }
        }
    }

    private readonly IAsyncEnumerator<T> OpenStream<T>(IAsyncEnumerable<T> stream, CancellationToken cancellationToken)
    {
        using var current = Run.MakeCurrent();
        try
        {
            return stream.GetAsyncEnumerator(cancellationToken);
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw;
        }
    }

    private static async ValueTask<bool> MoveAsync<T>(TracedCall call, IAsyncEnumerator<T> source)
    {
        // Each step of an async iterator starts in its caller's context, where the run is not the current one.
        using var current = call.Run.MakeCurrent();
        try
        {
            return await source.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            call.Fail(exception);
            throw;
        }
    }

    /// <summary>Closes the stream: the finally blocks of an iterator that was left early are part of the run, and may fail it.</summary>
    private readonly void Close(IDisposable? source)
    {
        if (source is null)
        {
            return;
        }

        using var current = Run.MakeCurrent();
        try
        {
            source.Dispose();
        }
        catch (Exception exception) when (Run.EndTime is null)
        {
            Fail(exception);
            throw;
        }
    }

    /// <inheritdoc cref="Close"/>
    private static async ValueTask CloseAsync(TracedCall call, IAsyncDisposable? source)
    {
        if (source is null)
        {
            return;
        }

        using var current = call.Run.MakeCurrent();
        try
        {
            await source.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (call.Run.EndTime is null)
        {
            call.Fail(exception);
            throw;
        }
    }

    private readonly TracedCall ForEnumeration(StrongBox<int> enumerations)
    {
        var call = Interlocked.Increment(ref enumerations.Value) == 1 ? this : Open(_method, null);
        call.Run.Post();
        return call;
    }

    private readonly bool Move<T>(IEnumerable<T> stream, ref IEnumerator<T>? source)
    {
        using var current = Run.MakeCurrent();
        try
        {
            source ??= stream.GetEnumerator();
            return source.MoveNext();
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw;
        }
    }

    private readonly void CompleteChunks<T, TChunk>(
        StreamChunks<T, TChunk> chunks, bool isWhole, Action<TracedCall, IReadOnlyList<TChunk>> takeOutputs)
    {
        chunks.TellWhatIsMissing();
        if (Run.EndTime is null)
        {
            if (!isWhole)
            {
                Run.AddMetadata(RunTree.LeftEarly, true);
            }

            takeOutputs(this, chunks.Kept);
            Run.Dispose();
        }
        else if (chunks.Kept.Count > 0)
        {
            // What came before the failure stays beside the error.
            takeOutputs(this, chunks.Kept);
        }
    }

    private readonly void TakeReduced<TChunk, TOutput>(
        IReadOnlyList<TChunk> chunks, Func<IReadOnlyList<TChunk>, TOutput> reduce, Action<Utf8JsonWriter, TOutput>? process)
    {
        if (!WantsOutputs)
        {
            return;
        }

        TOutput output;
        try
        {
            output = reduce(chunks);
        }
        catch (Exception exception)
        {
            // Border: a reducer only shortens, so the chunks may leave as they are; not when a processor was to see what it made of them.
            Log.CallbackFailed(Run.Tracer.Logger, exception, Run.Id);
            TakeOutputs(chunks, process is null ? null : (json, _) => CapturedValue.WriteOutputs(json, NotCaptured(exception)));
            return;
        }

        TakeOutputs(output, process);
    }
}
