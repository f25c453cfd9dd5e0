using Microsoft.Extensions.AI;

namespace LangSmith.Extensions.AI;

/// <summary>What the runs of all kinds of requests have in common.</summary>
internal static class RequestRuns
{
    /// <summary>The options of a request's run; takes the request's run id.</summary>
    public static RunOptions Options(LangSmithClientOptions client, string runType, AdditionalPropertiesDictionary? properties)
    {
        var id = RequestRunId.Take(properties);
        return new RunOptions
        {
            RunId = id as Guid?,
            // A bad id never stops the request: the run says what was given.
            RunIdText = id is null or Guid ? null : id.ToString(),
            RunType = runType,
            Tags = client.Tags,
            Metadata = client.Metadata,
            ProjectName = client.ProjectName,
        };
    }

    public static void AddIfGiven(RunTree run, string key, object? value)
    {
        if (value is not null)
        {
            run.AddMetadata(key, value);
        }
    }
}
