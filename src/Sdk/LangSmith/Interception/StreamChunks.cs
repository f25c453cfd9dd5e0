using LangSmith.Protocol;
using LangSmith.Tracing;

namespace LangSmith.Interception;

/// <summary>Gathers what a traced method's stream yields, up to a bound.</summary>
/// <param name="run">The run of the enumeration.</param>
/// <param name="keeps">Whether chunks are kept for the outputs.</param>
/// <param name="record">Makes what is recorded of a chunk.</param>
internal sealed class StreamChunks<T, TChunk>(RunTree run, bool keeps, Func<T, TChunk> record)
{
    private const int KeptMax = 10_000;

    private readonly List<TChunk> _kept = [];
    private long _count;
    private long _failed;

    public IReadOnlyList<TChunk> Kept => _kept;

    public void Add(T chunk)
    {
        if (!run.IsTraced)
        {
            return;
        }

        if (_count++ == 0 && run.RunType == RunTypes.Llm)
        {
            run.AddEvent("new_token");
        }

        if (keeps && _kept.Count < KeptMax)
        {
            Keep(chunk);
        }
    }

    /// <summary>Says on the run which chunks its outputs are without.</summary>
    public void TellWhatIsMissing()
    {
        if (_failed > 0)
        {
            run.AddMetadata("ls_chunks_not_processed", _failed);
        }

        if (keeps && _count - _failed > _kept.Count)
        {
            run.AddMetadata("ls_chunks_not_kept", _count - _failed - _kept.Count);
        }
    }

    private void Keep(T chunk)
    {
        try
        {
            _kept.Add(record(chunk));
        }
        catch (Exception exception)
        {
            // Border: the application's processor must not fail the application's stream, and what it did not process may be what must not leave.
            if (_failed++ == 0)
            {
                Log.CallbackFailed(run.Tracer.Logger, exception, run.Id);
            }
        }
    }
}
