using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore;

namespace LangSmith.Server.Web.Traces;

/// <summary>Writes a run as JSON, for people.</summary>
internal static class RawRun
{
    private static readonly JavaScriptEncoder s_encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>The size of what the run carries.</summary>
    public static long SizeBytes(RunRecord run) =>
        (long)run.Inputs.Length + run.Outputs.Length + run.Extra.Length + run.Events.Length + run.Serialized.Length;

    public static string Write(ReadRun run, bool indented = true)
    {
        var record = run.Record;
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = indented, Encoder = s_encoder, SkipValidation = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("id", record.Id);
            writer.WriteString("trace_id", record.TraceId);
            writer.WriteString("session_id", record.ProjectId);
            if (record.ParentRunId is { } parent)
            {
                writer.WriteString("parent_run_id", parent);
            }

            writer.WriteString("dotted_order", record.DottedOrder);
            writer.WriteString("name", record.Name);
            writer.WriteString("run_type", record.RunType);
            writer.WriteString("start_time", record.StartTime);
            if (record.EndTime is { } end)
            {
                writer.WriteString("end_time", end);
            }

            writer.WriteString("error", record.Error);
            writer.WriteStartArray("tags");
            foreach (var tag in record.Tags)
            {
                writer.WriteStringValue(tag);
            }

            writer.WriteEndArray();
            Payload(writer, "inputs", record.Inputs);
            Payload(writer, "outputs", record.Outputs);
            Payload(writer, "extra", record.Extra);
            Payload(writer, "events", record.Events);
            Payload(writer, "serialized", record.Serialized);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Payload(Utf8JsonWriter writer, string name, ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
        {
            return;
        }

        writer.WritePropertyName(name);
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1_000 });
        document.RootElement.WriteTo(writer);
    }
}
