using System.Runtime.InteropServices;
using System.Text.Json;
using LangSmith.Protocol;

namespace LangSmith.Server.Domain.Folding;

/// <summary>One field of a write as JSON, named as the wire names it, with dots for keys inside <c>extra</c>.</summary>
internal sealed record FieldContent(string Field, ReadOnlyMemory<byte> Json)
{
    /// <summary>The fields that belong to an attempt, not to the run.</summary>
    public static IReadOnlyList<string> OfOneAttempt { get; } = [RunField.EndTime, RunField.Error, RunField.Outputs, RunField.Events];

    public static JsonDocumentOptions Reading { get; } = new() { MaxDepth = 1024 };

    public static IReadOnlyList<FieldContent> Of(RunWrite write)
    {
        var fields = new List<FieldContent>();
        Add(RunField.TraceId, write.TraceId);
        Add(RunField.DottedOrder, write.DottedOrder);
        Add(RunField.ParentRunId, write.ParentRunId);
        Add(RunField.Name, write.Name);
        Add(RunField.RunType, write.RunType);
        Add(RunField.StartTime, write.StartTime);
        Add(RunField.EndTime, write.EndTime);
        Add(RunField.Error, write.Error);
        Add(RunField.SessionId, write.ProjectId);
        Add(RunField.ReferenceExampleId, write.ReferenceExampleId);
        Add(RunField.Tags, write.Tags);
        AddJson(RunField.Inputs, write.Inputs);
        AddJson(RunField.Outputs, write.Outputs);
        AddJson(RunField.Events, write.Events);
        AddJson(RunField.Serialized, write.Serialized);
        AddKeys(RunField.Extra, write.Extra, RunField.Metadata, RunField.Runtime);
        foreach (var attachment in write.Attachments ?? [])
        {
            Add($"{RunField.Attachments}.{attachment.Name}", attachment.Blob);
        }

        return fields;

        void Add<T>(string field, T value)
        {
            if (value is not null and not "")
            {
                fields.Add(new FieldContent(field, JsonSerializer.SerializeToUtf8Bytes(value)));
            }
        }

        void AddJson(string field, ReadOnlyMemory<byte> json)
        {
            if (!json.IsEmpty)
            {
                fields.Add(new FieldContent(field, json));
            }
        }

        void AddKeys(string field, ReadOnlyMemory<byte> json, params ReadOnlySpan<string> nested)
        {
            if (json.IsEmpty)
            {
                return;
            }

            using var document = JsonDocument.Parse(json, Reading);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                AddJson(field, json);
                return;
            }

            // A name may stand twice in an object: the last one counts, as when runs are merged.
            var keys = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                keys[property.Name] = property.Value;
            }

            foreach (var (key, value) in keys)
            {
                if (value.ValueKind == JsonValueKind.Null)
                {
                    continue;
                }

                var content = JsonMarshal.GetRawUtf8Value(value).ToArray();
                if (nested.Contains(key))
                {
                    AddKeys($"{field}.{key}", content);
                }
                else
                {
                    AddJson($"{field}.{key}", content);
                }
            }
        }
    }
}
