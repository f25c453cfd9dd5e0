using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Domain.Texts;

namespace LangSmith.Server.Ingest.Otlp;

/// <summary>Small steps with attribute values.</summary>
internal static class OtlpValue
{
    // A node with a name twice fails only when it is looked into: such a text stays a text.
    private static readonly JsonDocumentOptions s_unfolding = new() { MaxDepth = 256, AllowDuplicateProperties = false };

    /// <summary>A number; JSON has no NaN and no infinities, so those become texts.</summary>
    public static JsonNode Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : JsonValue.Create(value.ToString());

    /// <summary>The text of a string value; null for anything else, and for an empty text.</summary>
    public static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    /// <summary>An attribute that carries JSON in a text, as most conventions do: parsed if it is an object or array, else as it is.</summary>
    public static JsonNode? Unfold(JsonNode? node)
    {
        if (Text(node) is not { } text || text.AsSpan().TrimStart() is not ['{' or '[', ..])
        {
            return node?.DeepClone();
        }

        try
        {
            return JsonNode.Parse(SurrogatePairs.Mend(text).Span, documentOptions: s_unfolding);
        }
        catch (JsonException)
        {
            return node!.DeepClone();
        }
    }

    /// <summary>An object as it is; anything else under a name.</summary>
    public static JsonObject Wrap(JsonNode? node, string name) =>
        Unfold(node) switch
        {
            JsonObject json => json,
            var other => new JsonObject { [name] = other },
        };

    /// <summary>A whole number, also from a text or a floating-point value; null when it is none.</summary>
    public static long? Integer(JsonNode? node) =>
        node is not JsonValue value ? null
        : value.TryGetValue<long>(out var whole) ? whole
        : value.TryGetValue<double>(out var real) && Math.Abs(real) < long.MaxValue ? (long)real
        : long.TryParse(Text(node), out var parsed) ? parsed
        : null;
}
