using Microsoft.Extensions.AI;

namespace LangSmith.Extensions.AI;

/// <summary>The run of one request, of any kind; recording it never fails the request.</summary>
internal sealed class RequestRun : IDisposable
{
    private readonly RequestRunId? _id;

    private RequestRun(RunTree run, RequestRunId? id)
    {
        Run = run;
        _id = id;
    }

    public RunTree Run { get; }

    /// <summary>The id that the response tells; null when there is nothing to find under it.</summary>
    public Guid? IdToTell => Run.IsTraced || _id is not null ? Run.Id : null;

    /// <summary>Starts the run of a request; takes the request's run id.</summary>
    public static RequestRun Start(
        LangSmithClientOptions client, string name, string runType, AdditionalPropertiesDictionary? properties, bool goesOn = false)
    {
        var id = RequestRunId.Take(properties, goesOn);
        var run = Traceable.StartRun(client.Name ?? name, new RunOptions(id?.Options)
        {
            RunType = runType,
            Tags = client.Tags,
            Metadata = client.Metadata,
            ProjectName = client.ProjectName,
        });
        return new RequestRun(run, id);
    }

    /// <summary>Puts something on the run.</summary>
    public void Record(Action<RunTree> record)
    {
        if (!Run.IsTraced || Run.EndTime is not null)
        {
            return;
        }

        try
        {
            record(Run);
        }
        catch (Exception exception)
        {
            // Border: contents, tools and options are open for the application's own types, whose getters may throw anything.
            Run.AddMetadata("ls_recording_error", exception.GetType().FullName);
        }
    }

    /// <summary>Ends the run with an exception; the request's id is free for the next attempt.</summary>
    /// <returns>False, for use in an exception filter.</returns>
    public bool Fail(Exception exception)
    {
        _id?.GiveBack();
        return Run.Fail(exception);
    }

    public void Dispose() => Run.Dispose();
}
