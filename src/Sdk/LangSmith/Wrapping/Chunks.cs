using LangSmith.Protocol;
using LangSmith.Tracing;

namespace LangSmith.Wrapping;

/// <summary>Gathers what a stream yields, up to a bound, and makes the outputs of it.</summary>
internal sealed class Chunks(WrappedCall call, RunTree run)
{
    private readonly List<object?> _kept = [];
    private long _count;

    public void Add(object? chunk)
    {
        if (!run.IsTraced)
        {
            return;
        }

        if (_count++ == 0 && run.RunType == RunTypes.Llm)
        {
            run.AddEvent("new_token");
        }

        if (_kept.Count < call.Options.ChunksMax)
        {
            _kept.Add(chunk);
        }
    }

    /// <summary>Ends the run with what came; a run that has failed keeps it beside the error.</summary>
    /// <param name="isWhole">False when the consumer had seen enough.</param>
    public void End(bool isWhole)
    {
        if (run.EndTime is not null)
        {
            if (_kept.Count > 0)
            {
                run.SetOutputs(Reduced());
            }

            return;
        }

        if (!isWhole)
        {
            run.AddMetadata(RunTree.LeftEarly, true);
        }

        if (_count > _kept.Count)
        {
            run.AddMetadata("ls_chunks_not_kept", _count - _kept.Count);
        }

        call.End(run, Reduced());
    }

    private object? Reduced()
    {
        try
        {
            return call.Options.Reduce is { } reduce ? reduce(_kept) : _kept;
        }
        catch (Exception exception)
        {
            // Border: the application's reducer must not fail the application's stream. It only shortens; what must not leave is ProcessOutputs' task.
            Log.CallbackFailed(run.Tracer.Logger, exception, run.Id);
            return _kept;
        }
    }
}
