using System.Text.Json;
using System.Text.Json.Nodes;

namespace LangSmith.Server.Curation.Documents;

/// <summary>Reads properties of documents that others wrote: what is of another kind is absent.</summary>
public static class JsonReading
{
    /// <summary>A text that is not empty; null for anything else.</summary>
    public static string? Text(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { Length: > 0 } text ? text : null;

    public static bool Flag(this JsonObject json, string name) => json[name] is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    public static double? Number(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<double>(out var number) ? number : null;

    public static Guid? Id(this JsonObject json, string name) => Guid.TryParse(json.Text(name), out var id) ? id : null;

    /// <summary>The texts of an array.</summary>
    public static IReadOnlyList<string> Texts(this JsonObject json, string name) =>
        json[name] is JsonArray array
            ? [.. array.OfType<JsonValue>().Where(value => value.GetValueKind() == JsonValueKind.String).Select(value => value.GetValue<string>())]
            : [];

    /// <summary>The objects of an array.</summary>
    public static IEnumerable<JsonObject> Objects(this JsonObject json, string name) => (json[name] as JsonArray)?.OfType<JsonObject>() ?? [];
}
