using System.Globalization;
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

    /// <param name="writer">Where to.</param>
    /// <param name="read">The figures.</param>
    /// <param name="costsAsText">Projects have their costs as decimal texts, and the Java client takes no number for a text.</param>
    public static void WriteProperties(Utf8JsonWriter writer, ReadFigures read, bool costsAsText = false)
    {
        var figures = read.Figures;
        writer.WriteNumber("run_count", figures.Runs);
        writer.WriteTime("last_run_start_time", figures.LastStart);
        writer.WriteNumber("error_rate", Share(figures.Errors, figures));
        writer.WriteNumber("streaming_rate", Share(figures.Streamed, figures));
        WriteQuantiles(writer, "latency", figures.Latency);
        WriteQuantiles(writer, "first_token", figures.FirstToken);
        WriteWhole(writer, "prompt_tokens_p50", figures.PromptTokensPerRun.Quantile(0.5));
        WriteWhole(writer, "prompt_tokens_p99", figures.PromptTokensPerRun.Quantile(0.99));
        WriteWhole(writer, "completion_tokens_p50", figures.CompletionTokensPerRun.Quantile(0.5));
        WriteWhole(writer, "completion_tokens_p99", figures.CompletionTokensPerRun.Quantile(0.99));
        WriteQuantiles(writer, "cost", figures.CostPerRun);
        WriteWhole(writer, "median_tokens", figures.TotalTokensPerRun.Quantile(0.5));
        WriteWhole(writer, "tokens_p99", figures.TotalTokensPerRun.Quantile(0.99));
        WriteCount(writer, "total_tokens", figures.TotalTokens, figures);
        WriteCount(writer, "prompt_tokens", figures.PromptTokens, figures);
        WriteCount(writer, "completion_tokens", figures.CompletionTokens, figures);
        WriteCost(writer, "total_cost", figures.TotalCost, costsAsText);
        WriteCost(writer, "prompt_cost", figures.PromptCost, costsAsText);
        WriteCost(writer, "completion_cost", figures.CompletionCost, costsAsText);
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

    /// <summary>Tokens are whole, and typed clients read them so; the sketch's quantiles are not.</summary>
    private static void WriteWhole(Utf8JsonWriter writer, string name, double? quantile) =>
        writer.WriteNumber(name, quantile is { } value ? Math.Round(value) : null);

    private static void WriteCost(Utf8JsonWriter writer, string name, decimal? cost, bool asText)
    {
        if (asText && cost is { } given)
        {
            writer.WriteString(name, given.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            writer.WriteNumber(name, cost);
        }
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
