using System.Text.Json.Nodes;

namespace LangSmith.Server.Ingest.Otlp;

/// <summary>Token counts as LangSmith's <c>usage_metadata</c>.</summary>
internal static class SpanUsage
{
    public static JsonObject? Of(SpanAttributes attributes)
    {
        if (OtlpValue.Unfold(attributes.Take("langsmith.usage_metadata")) is JsonObject given)
        {
            return given;
        }

        var input = Count(attributes, "gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens", "llm.token_count.prompt",
            "ai.usage.promptTokens", "ai.usage.inputTokens", "ai.usage.tokens");
        var output = Count(attributes, "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens", "llm.token_count.completion",
            "ai.usage.completionTokens", "ai.usage.outputTokens");
        var total = Count(attributes, "gen_ai.usage.total_tokens", "llm.usage.total_tokens", "llm.token_count.total", "ai.usage.totalTokens");
        if (input is null && output is null && total is null)
        {
            return null;
        }

        var usage = new JsonObject
        {
            ["input_tokens"] = input ?? 0,
            ["output_tokens"] = output ?? 0,
            ["total_tokens"] = total ?? (input ?? 0) + (output ?? 0),
        };
        AddDetails(usage, "input_token_details",
            ("cache_read", Count(attributes, "gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_input_tokens",
                "llm.token_count.prompt_details.cache_read", "ai.usage.cachedInputTokens")),
            ("cache_creation", Count(attributes, "gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_creation_input_tokens",
                "llm.token_count.prompt_details.cache_write")),
            ("audio", Count(attributes, "llm.token_count.prompt_details.audio")));
        AddDetails(usage, "output_token_details",
            ("reasoning", Count(attributes, "gen_ai.usage.details.reasoning_tokens", "gen_ai.usage.reasoning_tokens",
                "llm.token_count.completion_details.reasoning", "ai.usage.reasoningTokens")),
            ("audio", Count(attributes, "llm.token_count.completion_details.audio")));
        return usage;
    }

    private static long? Count(SpanAttributes attributes, params ReadOnlySpan<string> names) => OtlpValue.Integer(attributes.Take(names));

    private static void AddDetails(JsonObject usage, string name, params ReadOnlySpan<(string Key, long? Count)> details)
    {
        var given = new JsonObject();
        foreach (var (key, count) in details)
        {
            if (count is { } known)
            {
                given[key] = known;
            }
        }

        if (given.Count > 0)
        {
            usage[name] = given;
        }
    }
}
