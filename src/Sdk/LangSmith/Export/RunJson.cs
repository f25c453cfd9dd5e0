using System.Globalization;
using System.Text.Json;
using LangSmith.Protocol;

namespace LangSmith.Export;

/// <summary>Writes a run's fields as the wire has them. What was not given is left out: a null would be read as given by some servers.</summary>
internal static class RunJson
{
    /// <summary>The fields of the main part: all that are not parts of their own.</summary>
    public static void WriteMain(Utf8JsonWriter writer, RunOperation run)
    {
        writer.WriteStartObject();
        WriteMainFields(writer, run);
        writer.WriteEndObject();
    }

    /// <summary>The whole run in one object, for servers that take no parts.</summary>
    /// <remarks>
    /// Attachments are <c>name: [media type, base64]</c>, as langsmith 0.11.1 for Python puts them into <c>POST /runs</c> (2026-11).
    /// </remarks>
    public static void WriteWhole(Utf8JsonWriter writer, RunOperation run)
    {
        writer.WriteStartObject();
        WriteMainFields(writer, run);
        WriteRaw(writer, RunField.Inputs, run.Inputs);
        WriteRaw(writer, RunField.Outputs, run.Outputs);
        WriteRaw(writer, RunField.Events, run.Events);
        WriteRaw(writer, RunField.Extra, run.Extra);
        if (run.Error is not null)
        {
            writer.WriteString(RunField.Error, run.Error);
        }

        if (run.Attachments is { Count: > 0 } attachments)
        {
            writer.WriteStartObject(RunField.Attachments);
            foreach (var attachment in attachments)
            {
                writer.WriteStartArray(attachment.Name);
                writer.WriteStringValue(attachment.MimeType);
                writer.WriteBase64StringValue(attachment.Content.Span);
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteMainFields(Utf8JsonWriter writer, RunOperation run)
    {
        writer.WriteString("id"u8, run.RunId);
        writer.WriteString("trace_id"u8, run.TraceId);
        writer.WriteString("dotted_order"u8, run.DottedOrder);
        if (run.ParentRunId is { } parent)
        {
            writer.WriteString("parent_run_id"u8, parent);
        }

        if (run.ProjectName is not null)
        {
            writer.WriteString("session_name"u8, run.ProjectName);
        }

        if (run.Name is not null)
        {
            writer.WriteString("name"u8, run.Name);
        }

        if (run.RunType is not null)
        {
            writer.WriteString("run_type"u8, run.RunType);
        }

        WriteTime(writer, "start_time"u8, run.StartTime);
        WriteTime(writer, "end_time"u8, run.EndTime);
        if (run.Tags is { } tags)
        {
            writer.WriteStartArray("tags"u8);
            foreach (var tag in tags)
            {
                writer.WriteStringValue(tag);
            }

            writer.WriteEndArray();
        }

        if (run.ReferenceExampleId is { } example)
        {
            writer.WriteString("reference_example_id"u8, example);
        }
    }

    private static void WriteTime(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset? time)
    {
        if (time is { } given)
        {
            // Microseconds, as the dotted order has them: the two must name the same instant.
            Span<byte> text = stackalloc byte[32];
            given.UtcDateTime.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
            writer.WriteString(name, text[..length]);
        }
    }

    private static void WriteRaw(Utf8JsonWriter writer, string name, ReadOnlyMemory<byte> json)
    {
        if (!json.IsEmpty)
        {
            writer.WritePropertyName(name);
            // Captured by this library's own writer, hence valid; checking it twice would double the cost.
            writer.WriteRawValue(json.Span, skipInputValidation: true);
        }
    }
}
