using System.Runtime.CompilerServices;
using System.Text.Json;
using LangSmith.Protocol;

namespace LangSmith.Interception;

/// <content>Calls that return streams: each enumeration is a run; the options of the call are those of the first.</content>
public partial struct TracedCall
{
    private const int ChunksMax = 10_000;

    /// <summary>Ends the run when the stream does, or when its consumer has seen enough.</summary>
    /// <param name="stream">What the method returned.</param>
    /// <param name="record">Makes what is recorded of a chunk.</param>
    /// <param name="process">Writes the outputs; null writes the list of chunks.</param>
    public readonly IEnumerable<T> CompleteStream<T, TChunk>(
        IEnumerable<T> stream, Func<T, TChunk> record, Action<Utf8JsonWriter, IReadOnlyList<TChunk>>? process)
    {
        Run.Leave();
        return Enumerate(this, new StrongBox<int>(), stream, record, process);
    }

    /// <inheritdoc cref="CompleteStream{T, TChunk}(IEnumerable{T}, Func{T, TChunk}, Action{Utf8JsonWriter, IReadOnlyList{TChunk}})"/>
    public readonly IAsyncEnumerable<T> CompleteStream<T, TChunk>(
        IAsyncEnumerable<T> stream, Func<T, TChunk> record, Action<Utf8JsonWriter, IReadOnlyList<TChunk>>? process)
    {
        Run.Leave();
        return EnumerateAsync(this, new StrongBox<int>(), stream, record, process, CancellationToken.None);
    }

    private static IEnumerable<T> Enumerate<T, TChunk>(
        TracedCall call, StrongBox<int> enumerations, IEnumerable<T> stream, Func<T, TChunk> record, Action<Utf8JsonWriter, IReadOnlyList<TChunk>>? process)
    {
        call = call.ForEnumeration(enumerations);
        var chunks = new List<TChunk>();
        var isWhole = false;
        IEnumerator<T>? source = null;
        try
        {
            while (call.Move(stream, ref source))
            {
                call.Keep(chunks, source!.Current, record);
                yield return source.Current;
            }

            isWhole = true;
        }
        finally
        {
            source?.Dispose();
            call.CompleteChunks(chunks, isWhole, process);
        }
    }

    private static async IAsyncEnumerable<T> EnumerateAsync<T, TChunk>(
        TracedCall call, StrongBox<int> enumerations, IAsyncEnumerable<T> stream, Func<T, TChunk> record,
        Action<Utf8JsonWriter, IReadOnlyList<TChunk>>? process, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        call = call.ForEnumeration(enumerations);
        var chunks = new List<TChunk>();
        var isWhole = false;
        var source = stream.GetAsyncEnumerator(cancellationToken);
        try
        {
            while (await MoveAsync(call, source).ConfigureAwait(false))
            {
                call.Keep(chunks, source.Current, record);
                yield return source.Current;
            }

            isWhole = true;
        }
        finally
        {
            await source.DisposeAsync().ConfigureAwait(false);
            call.CompleteChunks(chunks, isWhole, process);
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

    private readonly void Keep<T, TChunk>(List<TChunk> chunks, T chunk, Func<T, TChunk> record)
    {
        if (!Run.IsTraced)
        {
            return;
        }

        if (chunks.Count == 0 && Run.RunType == RunTypes.Llm)
        {
            Run.AddEvent("new_token");
        }

        if (_method.CapturesOutputs && chunks.Count < ChunksMax)
        {
            try
            {
                chunks.Add(record(chunk));
            }
            catch (Exception exception)
            {
                // Border: the application's processor must not fail the application's stream.
                Run.AddMetadata("ls_chunk_failure", exception.GetType().Name);
            }
        }
    }

    private readonly void CompleteChunks<TChunk>(List<TChunk> chunks, bool isWhole, Action<Utf8JsonWriter, IReadOnlyList<TChunk>>? process)
    {
        if (Run.EndTime is null)
        {
            if (!isWhole)
            {
                Run.AddMetadata(RunTree.LeftEarly, true);
            }

            Complete<IReadOnlyList<TChunk>>(chunks, process);
        }
        else if (chunks.Count > 0)
        {
            // What came before the failure stays beside the error.
            TakeOutputs<IReadOnlyList<TChunk>>(chunks, process);
        }
    }
}
