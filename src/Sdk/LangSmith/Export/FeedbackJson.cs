using LangSmith.Capture;

namespace LangSmith.Export;

/// <summary>Writes feedback as the wire has it.</summary>
/// <remarks>Field names as langsmith 0.11.1 for Python sends them in the part <c>feedback.{id}</c> (2026-11).</remarks>
internal static class FeedbackJson
{
    public static FeedbackOperation ToOperation(FeedbackDraft feedback, Guid runId, Guid? traceId, DateTimeOffset now, ValueJson json) =>
        // What is said about retention is read by the route of its own alone.
        new(feedback.Id, runId, feedback.ExtendTraceRetention ? traceId : null, Write(feedback, runId, traceId, now, json));

    public static byte[] Write(FeedbackDraft feedback, Guid? runId, Guid? traceId, DateTimeOffset now, ValueJson json) =>
        ValueJson.Capture((feedback, runId, traceId, now, json), static (writer, given) =>
        {
            var (feedback, runId, traceId, now, json) = given;
            writer.WriteStartObject();
            writer.WriteString("id"u8, feedback.Id);
            writer.WriteString("created_at"u8, now.UtcDateTime);
            writer.WriteString("modified_at"u8, now.UtcDateTime);
            if (runId is { } run)
            {
                writer.WriteString("run_id"u8, run);
            }

            if (traceId is { } trace)
            {
                writer.WriteString("trace_id"u8, trace);
            }

            if (feedback.ProjectId is { } project)
            {
                writer.WriteString("session_id"u8, project);
            }

            writer.WriteString("key"u8, feedback.Key);
            Write("score", feedback.Score);
            Write("value", feedback.Value);
            Write("comment", feedback.Comment);
            Write("correction", feedback.Correction);
            writer.WriteStartObject("feedback_source"u8);
            writer.WriteString("type"u8, feedback.SourceType);
            Write("metadata", SourceMetadata(feedback));
            writer.WriteEndObject();
            if (!feedback.ExtendTraceRetention)
            {
                writer.WriteBoolean("extend_trace_retention"u8, false);
            }

            writer.WriteEndObject();

            void Write(string name, object? value)
            {
                if (value is not null)
                {
                    writer.WritePropertyName(name);
                    json.WriteValue(writer, value);
                }
            }
        });

    private static Dictionary<string, object?>? SourceMetadata(FeedbackDraft feedback)
    {
        if (feedback is { SourceMetadata: null, SourceRunId: null })
        {
            return null;
        }

        var metadata = feedback.SourceMetadata?.ToDictionary(entry => entry.Key, entry => entry.Value) ?? [];
        if (feedback.SourceRunId is { } run)
        {
            metadata["__run"] = new Dictionary<string, object?> { ["run_id"] = run };
        }

        return metadata;
    }
}
