using System.Text.Json;

namespace LangSmith.Server.Query;

/// <summary>Whether one JSON value contains another: objects by key, arrays by element, anything else by equality.</summary>
/// <remarks>A value with a text that is no Unicode contains nothing.</remarks>
public static class JsonContainment
{
    public static bool Contains(JsonElement value, JsonElement wanted)
    {
        try
        {
            return ContainsValid(value, wanted);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, as an escape: JSON to a parser, no text to anybody.
            return false;
        }
    }

    /// <summary>Whether the metadata of <c>extra</c> has a key, not null, whose value contains the wanted one.</summary>
    /// <param name="extra">The <c>extra</c> of a run.</param>
    /// <param name="key">The key.</param>
    /// <param name="wanted">What to contain; null asks for the key alone.</param>
    public static bool HasMetadata(JsonElement extra, string key, JsonElement? wanted)
    {
        try
        {
            return extra.ValueKind == JsonValueKind.Object
                && extra.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
                && metadata.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null
                && (wanted is not { } content || ContainsValid(value, content));
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool ContainsValid(JsonElement value, JsonElement wanted) => (value.ValueKind, wanted.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) =>
            wanted.EnumerateObject().All(property => value.TryGetProperty(property.Name, out var own) && ContainsValid(own, property.Value)),
        (JsonValueKind.Array, JsonValueKind.Array) =>
            wanted.EnumerateArray().All(item => value.EnumerateArray().Any(own => ContainsValid(own, item))),
        _ => JsonElement.DeepEquals(value, wanted),
    };
}
