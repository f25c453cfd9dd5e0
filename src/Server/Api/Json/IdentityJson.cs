using System.Text.Json;
using LangSmith.Server.Domain;

namespace LangSmith.Server.Api.Json;

/// <summary>Writes what happened under one run id.</summary>
internal static class IdentityJson
{
    public static void Write(Utf8JsonWriter writer, IdentityReport report)
    {
        writer.WriteStartObject();
        writer.WriteString("run_id", report.RunId);
        writer.WriteNumber("resends", report.Resends);
        writer.WriteStartArray("attempts");
        foreach (var attempt in report.Attempts)
        {
            writer.WriteStartObject();
            writer.WriteTime("start_time", attempt.StartTime);
            writer.WriteTime("end_time", attempt.EndTime);
            writer.WriteString("status", RunJson.StatusText(attempt.Status));
            writer.WriteString("error", attempt.Error);
            writer.WriteTime("first_received_at", attempt.FirstReceivedAt);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("writes");
        foreach (var write in report.Writes)
        {
            writer.WriteStartObject();
            writer.WriteNumber("sequence", write.Sequence);
            writer.WriteString("kind", write.Kind == RunWriteKind.Post ? "post" : "patch");
            writer.WriteNumber("attempt", write.Attempt);
            writer.WriteTime("received_at", write.ReceivedAt);
            writer.WriteString("sender", write.Sender);
            writer.WriteTexts("fields", write.Fields);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("overwritten");
        foreach (var field in report.Overwritten)
        {
            writer.WriteStartObject();
            writer.WriteString("field", field.Field);
            writer.WriteJson("value", field.Value);
            writer.WriteNumber("sequence", field.Sequence);
            writer.WriteNumber("beaten_by", field.BeatenBy);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
