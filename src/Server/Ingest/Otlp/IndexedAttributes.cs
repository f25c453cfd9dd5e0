using System.Text.Json.Nodes;

namespace LangSmith.Server.Ingest.Otlp;

/// <summary>Turns flattened lists (<c>0.role</c>, <c>0.tool_calls.1.name</c>) back into JSON.</summary>
internal static class IndexedAttributes
{
    /// <summary>Builds the list; null when there is nothing.</summary>
    public static JsonArray? Nest(IEnumerable<KeyValuePair<string, JsonNode?>> attributes)
    {
        var root = new SortedDictionary<int, JsonObject>();
        foreach (var (name, value) in attributes)
        {
            var path = name.Split('.');
            if (path.Length >= 2 && Index(path[0]) is { } index)
            {
                root.TryAdd(index, []);
                Put(root[index], path.AsSpan(1), value);
            }
        }

        return root.Count == 0 ? null : new JsonArray([.. root.Values.Select(item => Lists(Unwrapped(item)))]);
    }

    private static int? Index(string text) => int.TryParse(text, out var index) && index is >= 0 and <= OtlpLimits.IndexMax ? index : null;

    private static void Put(JsonObject into, ReadOnlySpan<string> path, JsonNode? value)
    {
        while (path.Length > 1)
        {
            if (into[path[0]] is not JsonObject inner)
            {
                into[path[0]] = inner = [];
            }

            into = inner;
            path = path[1..];
        }

        into[path[0]] = OtlpValue.Unfold(value);
    }

    // OpenInference repeats the kind of an item inside it: llm.input_messages.0.message.role, retrieval.documents.0.document.content.
    private static JsonNode Unwrapped(JsonNode node) =>
        node is JsonObject { Count: 1 } item && item.First() is { Key: "message" or "document" or "tool_call" or "message_content", Value: { } inner }
            ? inner.DeepClone()
            : node;

    // Objects whose names are all numbers were lists.
    private static JsonNode? Lists(JsonNode? node)
    {
        if (node is not JsonObject json)
        {
            return node?.DeepClone();
        }

        if (json.Count > 0 && json.All(property => Index(property.Key) is not null))
        {
            return new JsonArray([.. json
                .OrderBy(property => Index(property.Key))
                .Select(property => property.Value is { } item ? Lists(Unwrapped(item)) : null)]);
        }

        return new JsonObject(json.Select(property => KeyValuePair.Create(property.Key, Lists(property.Value))));
    }
}
