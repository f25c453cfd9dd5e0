using Microsoft.Extensions.AI;

namespace LangSmith.Extensions.AI;

/// <summary>Metadata that the runs of all kinds of requests have in common.</summary>
internal static class RunMetadata
{
    /// <summary>The keys by which LangSmith puts traces together to threads.</summary>
    private static readonly string[] s_threadKeys = ["thread_id", "session_id", "conversation_id"];

    public static void AddIfGiven(RunTree run, string key, object? value)
    {
        if (value is not null)
        {
            run.AddMetadata(key, value);
        }
    }

    /// <summary>Puts the run into the thread of its conversation, unless the application has said which thread it is.</summary>
    public static void AddThread(RunTree run, string? conversationId)
    {
        if (conversationId is { Length: > 0 } && !run.Metadata.Keys.Intersect(s_threadKeys).Any())
        {
            run.AddMetadata("thread_id", conversationId);
        }
    }

    /// <summary>Says what was used, where LangSmith's pages and its cost calculation look.</summary>
    public static void AddUsage(RunTree run, Dictionary<string, object?> outputs, UsageDetails? usage)
    {
        if (UsageJson.ToJson(usage) is { } json)
        {
            run.AddMetadata("usage_metadata", json);
            outputs["usage_metadata"] = json;
        }
    }
}
