using System.Text.Json;

namespace LangSmith.Server.Query;

/// <summary>Whether one JSON value contains another: objects by key, arrays by element, anything else by equality.</summary>
public static class JsonContainment
{
    public static bool Contains(JsonElement value, JsonElement wanted) => (value.ValueKind, wanted.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) =>
            wanted.EnumerateObject().All(property => value.TryGetProperty(property.Name, out var own) && Contains(own, property.Value)),
        (JsonValueKind.Array, JsonValueKind.Array) =>
            wanted.EnumerateArray().All(item => value.EnumerateArray().Any(own => Contains(own, item))),
        _ => JsonElement.DeepEquals(value, wanted),
    };
}
