using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Domain;
using LangSmith.Server.Ingest.Json;

namespace LangSmith.Server.Ingest.FeedbackIntake;

/// <summary>Reads feedback as clients send it.</summary>
public static class FeedbackReader
{
    private const int KeyCharactersMax = 180;

    /// <param name="json">A feedback object.</param>
    /// <param name="workspace">Whose it will be.</param>
    /// <param name="fallbackId">Its id when the object has none; null makes a fresh one.</param>
    /// <param name="now">The time of creation unless the object says one.</param>
    /// <param name="limits">Bounds.</param>
    public static FeedbackReading Read(ReadOnlyMemory<byte> json, WorkspaceId workspace, Guid? fallbackId, DateTimeOffset now, IngestLimits limits)
    {
        using var document = LenientJson.TryParse(json, limits.JsonDepthMax);
        if (document?.RootElement.ValueKind != JsonValueKind.Object)
        {
            return new FeedbackReading(null, "Feedback is a JSON object.");
        }

        var body = document.RootElement;
        var key = Text(body, "key");
        if (string.IsNullOrEmpty(key) || key.Length > KeyCharactersMax)
        {
            return new FeedbackReading(null, $"Feedback needs a 'key' of 1 to {KeyCharactersMax} characters.");
        }

        foreach (var name in (string[])["id", "run_id", "trace_id", "session_id"])
        {
            if (Text(body, name) is { } text && !RunId.TryParse(text, out _))
            {
                return new FeedbackReading(null, $"'{name}' is '{(text.Length > 100 ? text[..100] : text)}', which is no UUID.");
            }
        }

        var score = Property(body, "score");
        if (score is { ValueKind: not (JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False) })
        {
            return new FeedbackReading(null, "'score' is a number or a boolean; put anything else into 'value'.");
        }

        var traceId = Id(body, "trace_id");
        var projectId = Id(body, "session_id");
        var threadId = Text(body, "feedback_thread_id");
        var created = Time(body, "created_at") ?? now;
        return new FeedbackReading(
            new Feedback
            {
                Id = Id(body, "id") ?? fallbackId ?? Uuid7.NewGuid(now),
                Workspace = workspace,
                Key = key,
                CreatedAt = created,
                ModifiedAt = Time(body, "modified_at") ?? created,
                RunId = Id(body, "run_id") ?? traceId,
                TraceId = traceId,
                ProjectId = projectId,
                ThreadId = string.IsNullOrEmpty(threadId) ? null : threadId,
                StartTime = Time(body, "start_time"),
                Score = Raw(body, "score"),
                Value = Raw(body, "value"),
                Correction = Raw(body, "correction"),
                Comment = Text(body, "comment"),
                Source = Source(Property(body, "feedback_source")),
                Config = Raw(body, "feedback_config") is { IsEmpty: false } config ? config : Raw(body, "feedbackConfig"),
                Extra = Raw(body, "extra"),
                ComparativeExperimentId = Id(body, "comparative_experiment_id"),
                FeedbackGroupId = Id(body, "feedback_group_id"),
                Error = Property(body, "error") is { ValueKind: JsonValueKind.True },
            },
            null);
    }

    /// <summary>A source always has a type: clients' models insist on it.</summary>
    private static ReadOnlyMemory<byte> Source(JsonElement? given)
    {
        var source = new JsonObject();
        if (given is { ValueKind: JsonValueKind.Object } element)
        {
            // Name by name: a node made of an object that has one twice fails when it is read.
            foreach (var property in element.EnumerateObject())
            {
                source[property.Name] = JsonNode.Parse(JsonMarshal.GetRawUtf8Value(property.Value));
            }
        }

        source["type"] = source["type"] is JsonValue value && value.TryGetValue<string>(out var type) && type.Length > 0
            // Python may write the enum's name, FeedbackSourceType.API.
            ? type[(type.LastIndexOf('.') + 1)..].ToLowerInvariant()
            : "api";
        return JsonSerializer.SerializeToUtf8Bytes(source);
    }

    private static JsonElement? Property(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string? Text(JsonElement body, string name) => Property(body, name) is { } value ? LenientJson.Text(value) : null;

    private static Guid? Id(JsonElement body, string name) =>
        RunId.TryParse(Text(body, name), out var id) && id != Guid.Empty ? id : null;

    private static DateTimeOffset? Time(JsonElement body, string name) =>
        Property(body, name) is { } value && LenientTime.TryRead(value, out var time) ? time : null;

    private static ReadOnlyMemory<byte> Raw(JsonElement body, string name) =>
        Property(body, name) is { } value ? JsonMarshal.GetRawUtf8Value(value).ToArray() : default;
}
