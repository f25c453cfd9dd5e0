using System.Text.Json;
using LangSmith.Server.Domain.Statistics;
using LangSmith.Server.Explore.Statistics;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Api.Json;

/// <summary>Writes figures as the v1 <c>RunStats</c>: latencies in seconds, null where there is nothing to measure.</summary>
internal static class StatisticsJson
{
    public static void Write(Utf8JsonWriter writer, ReadFigures figures)
    {
        writer.WriteStartObject();
        WriteProperties(writer, figures);
        writer.WriteEndObject();
    }

    public static void WriteProperties(Utf8JsonWriter writer, ReadFigures read)
    {
        var figures = read.Figures;
        writer.WriteNumber("run_count", figures.Runs);
        writer.WriteTime("last_run_start_time", figures.LastStart);
        writer.WriteNumber("error_rate", Share(figures.Errors, figures));
        writer.WriteNumber("streaming_rate", Share(figures.Streamed, figures));
        WriteQuantiles(writer, "latency", figures.Latency);
        WriteQuantiles(writer, "first_token", figures.FirstToken);
        WriteQuantiles(writer, "prompt_tokens", figures.PromptTokensPerRun);
        WriteQuantiles(writer, "completion_tokens", figures.CompletionTokensPerRun);
        WriteQuantiles(writer, "cost", figures.CostPerRun);
        writer.WriteNumber("median_tokens", figures.TotalTokensPerRun.Quantile(0.5));
        writer.WriteNumber("tokens_p99", figures.TotalTokensPerRun.Quantile(0.99));
        WriteCount(writer, "total_tokens", figures.TotalTokens, figures);
        WriteCount(writer, "prompt_tokens", figures.PromptTokens, figures);
        WriteCount(writer, "completion_tokens", figures.CompletionTokens, figures);
        writer.WriteNumber("total_cost", figures.TotalCost);
        writer.WriteNumber("prompt_cost", figures.PromptCost);
        writer.WriteNumber("completion_cost", figures.CompletionCost);
        FeedbackJson.WriteStats(writer, "feedback_stats", read.Feedback);
        writer.WriteStartArray("run_facets");
        writer.WriteEndArray();
    }

    private static double? Share(long part, RunFigures figures) => figures.Runs == 0 ? null : (double)part / figures.Runs;

    private static void WriteQuantiles(Utf8JsonWriter writer, string name, QuantileSketch sketch)
    {
        writer.WriteNumber($"{name}_p50", sketch.Quantile(0.5));
        writer.WriteNumber($"{name}_p99", sketch.Quantile(0.99));
    }

    private static void WriteCount(Utf8JsonWriter writer, string name, long? count, RunFigures figures)
    {
        if (figures.Runs == 0)
        {
            writer.WriteNull(name);
        }
        else
        {
            writer.WriteNumber(name, count ?? 0);
        }
    }
}
