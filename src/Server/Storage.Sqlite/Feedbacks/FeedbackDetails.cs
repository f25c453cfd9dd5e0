using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using LangSmith.Server.Domain;

namespace LangSmith.Server.Storage.Sqlite.Feedbacks;

/// <summary>The parts of feedback that have no column of their own, exactly as they were given.</summary>
internal static class FeedbackDetails
{
    public static string Write(Feedback feedback)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            Raw(writer, "score", feedback.Score);
            Raw(writer, "value", feedback.Value);
            Raw(writer, "correction", feedback.Correction);
            Raw(writer, "source", feedback.Source);
            Raw(writer, "config", feedback.Config);
            Raw(writer, "extra", feedback.Extra);
            Id(writer, "experiment", feedback.ComparativeExperimentId);
            Id(writer, "group", feedback.FeedbackGroupId);
            if (feedback.StartTime is { } start)
            {
                writer.WriteString("start", start);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static Feedback Read(string details, Feedback feedback)
    {
        using var json = JsonDocument.Parse(details);
        var root = json.RootElement;
        return feedback with
        {
            Score = Raw(root, "score"),
            Value = Raw(root, "value"),
            Correction = Raw(root, "correction"),
            Source = Raw(root, "source"),
            Config = Raw(root, "config"),
            Extra = Raw(root, "extra"),
            ComparativeExperimentId = root.TryGetProperty("experiment", out var experiment) ? experiment.GetGuid() : null,
            FeedbackGroupId = root.TryGetProperty("group", out var group) ? group.GetGuid() : null,
            StartTime = root.TryGetProperty("start", out var start) ? start.GetDateTimeOffset() : null,
        };
    }

    private static void Raw(Utf8JsonWriter writer, string name, ReadOnlyMemory<byte> json)
    {
        if (!json.IsEmpty)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(json.Span, skipInputValidation: true);
        }
    }

    private static void Id(Utf8JsonWriter writer, string name, Guid? id)
    {
        if (id is { } given)
        {
            writer.WriteString(name, given);
        }
    }

    private static ReadOnlyMemory<byte> Raw(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) ? JsonMarshal.GetRawUtf8Value(value).ToArray() : default;
}
