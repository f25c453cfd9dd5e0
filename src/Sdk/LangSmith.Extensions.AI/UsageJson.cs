using Microsoft.Extensions.AI;

namespace LangSmith.Extensions.AI;

/// <summary>Writes token counts as LangSmith's <c>usage_metadata</c>, names as <c>wrapOpenAI</c> of langsmith 0.12.0 sends them (2026-11).</summary>
internal static class UsageJson
{
    public static Dictionary<string, object?>? ToJson(UsageDetails? usage)
    {
        if (usage is null || (usage.InputTokenCount ?? usage.OutputTokenCount ?? usage.TotalTokenCount) is null)
        {
            return null;
        }

        var json = new Dictionary<string, object?>
        {
            ["input_tokens"] = usage.InputTokenCount ?? 0,
            ["output_tokens"] = usage.OutputTokenCount ?? 0,
            ["total_tokens"] = usage.TotalTokenCount ?? (usage.InputTokenCount ?? 0) + (usage.OutputTokenCount ?? 0),
        };
        // Audio counts are left out: their properties are marked as experimental, and a library that reads them breaks when they go.
        Add(json, "input_token_details", ("cache_read", usage.CachedInputTokenCount), ("cache_creation", CacheCreation(usage)));
        Add(json, "output_token_details", ("reasoning", usage.ReasoningTokenCount));
        return json;
    }

    // The framework has no property for it; providers write the same count with and without underscores.
    private static long? CacheCreation(UsageDetails usage)
    {
        foreach (var (name, count) in usage.AdditionalCounts ?? [])
        {
            if (name.Replace("_", "", StringComparison.Ordinal).Contains("CacheCreation", StringComparison.OrdinalIgnoreCase))
            {
                return count;
            }
        }

        return null;
    }

    private static void Add(Dictionary<string, object?> json, string name, params ReadOnlySpan<(string Kind, long? Count)> details)
    {
        var given = new Dictionary<string, object?>();
        foreach (var (kind, count) in details)
        {
            if (count is { } known)
            {
                given[kind] = known;
            }
        }

        if (given.Count > 0)
        {
            json[name] = given;
        }
    }
}
