using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace LangSmith.Extensions.AI;

/// <summary>Writes token counts as LangSmith's <c>usage_metadata</c>, names as <c>wrapOpenAI</c> of langsmith 0.12.0 sends them (2026-11).</summary>
internal static class UsageJson
{
    public static JsonObject? ToJson(UsageDetails? usage)
    {
        if (usage is null || (usage.InputTokenCount ?? usage.OutputTokenCount ?? usage.TotalTokenCount) is null)
        {
            return null;
        }

        var json = new JsonObject
        {
            ["input_tokens"] = usage.InputTokenCount ?? 0,
            ["output_tokens"] = usage.OutputTokenCount ?? 0,
            ["total_tokens"] = usage.TotalTokenCount ?? (usage.InputTokenCount ?? 0) + (usage.OutputTokenCount ?? 0),
        };
        Add(json, "input_token_details", ("cache_read", usage.CachedInputTokenCount));
        Add(json, "output_token_details", ("reasoning", usage.ReasoningTokenCount));
        return json;
    }

    private static void Add(JsonObject json, string name, params ReadOnlySpan<(string Kind, long? Count)> details)
    {
        var given = new JsonObject();
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
