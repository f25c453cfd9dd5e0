using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Export;

namespace LangSmith.Redaction;

/// <summary>Takes out of an operation what must not leave. Fails closed: a field that cannot be redacted is replaced whole.</summary>
internal sealed class Redactor(IReadOnlyList<RedactionRule> rules)
{
    private const string Failed = "[redaction failed]";

    public RunOperation Apply(RunOperation operation) =>
        rules.Count == 0
            ? operation
            : operation.With(
                Text(operation.Error),
                operation.Tags?.Select(tag => Text(tag)!).ToArray(),
                Json(operation.Inputs),
                Json(operation.Outputs),
                Json(operation.Extra),
                Json(operation.Events),
                operation.Attachments?.Select(file => file with { Name = Text(file.Name)! }).ToArray());

    private string? Text(string? text)
    {
        if (text is null)
        {
            return null;
        }

        try
        {
            return rules.Aggregate(text, (current, rule) => rule.Apply(current));
        }
        catch (Exception)
        {
            // Border: a user's function may throw anything, and what it did not redact must not leave.
            return Failed;
        }
    }

    private ReadOnlyMemory<byte> Json(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
        {
            return json;
        }

        try
        {
            var node = JsonNode.Parse(json.Span, documentOptions: new JsonDocumentOptions { MaxDepth = 1024 });
            var buffer = new ArrayBufferWriter<byte>(json.Length);
            using var writer = new Utf8JsonWriter(buffer, WriterOptions.Wire);
            (Node(node) ?? new JsonObject()).WriteTo(writer);
            writer.Flush();
            return buffer.WrittenMemory;
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetBytes($"{{\"redaction\":\"{Failed}\"}}");
        }
    }

    private JsonNode? Node(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject json:
                foreach (var (key, value) in json.ToArray())
                {
                    json[key] = Replaced(value);
                }

                return json;
            case JsonArray array:
                for (var index = 0; index < array.Count; index++)
                {
                    array[index] = Replaced(array[index]);
                }

                return array;
            case JsonValue value when value.TryGetValue<string>(out var text):
                return JsonValue.Create(Text(text));
            default:
                return node;
        }
    }

    private JsonNode? Replaced(JsonNode? value) => value is JsonValue ? Node(value.DeepClone()) : Node(value)?.DeepClone();
}
