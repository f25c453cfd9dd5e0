using System.Text.Json;
using LangSmith.Server.Explore.Statistics;

namespace LangSmith.Server.Api.Json;

/// <summary>Writes statistics as the v1 <c>RunStats</c>.</summary>
internal static class StatisticsJson
{
    public static void Write(Utf8JsonWriter writer, RunStatistics statistics)
    {
        writer.WriteStartObject();
        WriteProperties(writer, statistics);
        writer.WriteEndObject();
    }

    public static void WriteProperties(Utf8JsonWriter writer, RunStatistics statistics)
    {
        var any = statistics.RunCount > 0;
        writer.WriteNumber("run_count", statistics.RunCount);
        writer.WriteTime("last_run_start_time", statistics.LastRunStartTime);
        writer.WriteNumber("error_rate", statistics.ErrorRate);
        writer.WriteNumber("streaming_rate", statistics.StreamingRate);
        WriteQuantiles(writer, "latency", statistics.Latency);
        WriteQuantiles(writer, "first_token", statistics.FirstToken);
        WriteQuantiles(writer, "prompt_tokens", statistics.PromptTokens);
        WriteQuantiles(writer, "completion_tokens", statistics.CompletionTokens);
        WriteQuantiles(writer, "cost", statistics.Cost);
        writer.WriteNumber("median_tokens", statistics.TotalTokens.Median);
        writer.WriteNumber("tokens_p99", statistics.TotalTokens.P99);
        WriteCount(writer, "total_tokens", any ? statistics.Usage.TotalTokens ?? 0 : null);
        WriteCount(writer, "prompt_tokens", any ? statistics.Usage.PromptTokens ?? 0 : null);
        WriteCount(writer, "completion_tokens", any ? statistics.Usage.CompletionTokens ?? 0 : null);
        writer.WriteNumber("total_cost", statistics.Usage.TotalCost);
        writer.WriteNumber("prompt_cost", statistics.Usage.PromptCost);
        writer.WriteNumber("completion_cost", statistics.Usage.CompletionCost);
        FeedbackJson.WriteStats(writer, "feedback_stats", statistics.Feedback);
        writer.WriteStartArray("run_facets");
        writer.WriteEndArray();
    }

    private static void WriteQuantiles(Utf8JsonWriter writer, string name, Quantiles quantiles)
    {
        writer.WriteNumber($"{name}_p50", quantiles.Median);
        writer.WriteNumber($"{name}_p99", quantiles.P99);
    }

    private static void WriteCount(Utf8JsonWriter writer, string name, long? count)
    {
        if (count is { } number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
