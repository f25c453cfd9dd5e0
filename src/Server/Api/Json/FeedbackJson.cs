using System.Text.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Api.Json;

/// <summary>Writes feedback and its aggregates.</summary>
internal static class FeedbackJson
{
    public static void Write(Utf8JsonWriter writer, Feedback feedback)
    {
        writer.WriteStartObject();
        writer.WriteString("id", feedback.Id);
        writer.WriteString("key", feedback.Key);
        writer.WriteTime("created_at", feedback.CreatedAt);
        writer.WriteTime("modified_at", feedback.ModifiedAt);
        writer.WriteId("run_id", feedback.RunId);
        writer.WriteId("trace_id", feedback.TraceId);
        writer.WriteId("session_id", feedback.ProjectId);
        writer.WriteString("feedback_thread_id", feedback.ThreadId);
        writer.WriteTime("start_time", feedback.StartTime);
        writer.WriteBoolean("is_root", feedback.RunId is not null && feedback.RunId == feedback.TraceId);
        writer.WriteJson("score", feedback.Score);
        writer.WriteJson("value", feedback.Value);
        writer.WriteJson("correction", feedback.Correction);
        writer.WriteString("comment", feedback.Comment);
        writer.WriteJson("feedback_source", feedback.Source);
        writer.WriteJson("feedback_config", feedback.Config);
        writer.WriteJson("extra", feedback.Extra);
        writer.WriteId("comparative_experiment_id", feedback.ComparativeExperimentId);
        writer.WriteId("feedback_group_id", feedback.FeedbackGroupId);
        writer.WriteBoolean("error", feedback.Error);
        writer.WriteEndObject();
    }

    public static void WriteStats(Utf8JsonWriter writer, string name, IReadOnlyList<FeedbackSummary>? summaries)
    {
        writer.WritePropertyName(name);
        if (summaries is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        foreach (var summary in summaries)
        {
            writer.WriteStartObject(summary.Key);
            writer.WriteNumber("n", summary.Count);
            writer.WriteNumber("avg", summary.Average);
            writer.WriteNumber("stdev", summary.StandardDeviation);
            writer.WriteNumber("min", summary.Minimum);
            writer.WriteNumber("max", summary.Maximum);
            writer.WriteNumber("errors", summary.Errors);
            writer.WriteStartObject("values");
            foreach (var (value, count) in summary.Values)
            {
                writer.WriteNumber(value, count);
            }

            writer.WriteEndObject();
            writer.WriteTexts("comments", summary.Comments);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
