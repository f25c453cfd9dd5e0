using System.Globalization;
using System.Text.Json;

namespace LangSmith.Server.Web.Payloads;

/// <summary>A JSON value as the tree shows it: bounded in nodes, depth and length.</summary>
public sealed class JsonItem
{
    private const int NodesMax = 2_000;
    private const int DepthMax = 40;
    private const int TextMax = 10_000;
    private const int DeepTextMax = 200;

    private JsonItem(JsonValueKind kind) => Kind = kind;

    public JsonValueKind Kind { get; }

    /// <summary>A scalar's text, without quotes; of something too long or too deep, its beginning.</summary>
    public string Text { get; private init; } = "";

    /// <summary>
    /// What the tree leaves out, to be shown as plain text on demand: the whole of a long or deep value, or the elements beyond; null for none.
    /// </summary>
    public string? Rest { get; private init; }

    public IReadOnlyList<KeyValuePair<string, JsonItem>> Children { get; private init; } = [];

    /// <summary>Elements that are not shown.</summary>
    public int Left { get; private init; }

    public bool IsContainer => Kind is JsonValueKind.Object or JsonValueKind.Array;

    /// <summary>Reads JSON text; null when it is empty.</summary>
    public static JsonItem? Read(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
        {
            return null;
        }

        using var document = JsonDocument.Parse(json, JsonText.Options);
        return Of(document.RootElement);
    }

    public static JsonItem Of(JsonElement element)
    {
        var budget = NodesMax;
        return Of(element, 0, ref budget);
    }

    private static JsonItem Of(JsonElement element, int depth, ref int budget)
    {
        budget--;
        if (element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            var text = element.ValueKind == JsonValueKind.String ? JsonText.String(element) : element.GetRawText();
            return Cut(element.ValueKind, text, TextMax);
        }

        if (depth >= DepthMax)
        {
            return Cut(JsonValueKind.Undefined, element.GetRawText(), DeepTextMax);
        }

        var children = new List<KeyValuePair<string, JsonItem>>();
        var rest = new List<KeyValuePair<string, JsonElement>>();
        foreach (var (key, value) in Parts(element))
        {
            if (budget > 0)
            {
                children.Add(new(key, Of(value, depth + 1, ref budget)));
            }
            else
            {
                rest.Add(new(key, value));
            }
        }

        return new JsonItem(element.ValueKind) { Children = children, Left = rest.Count, Rest = Print(element.ValueKind, rest) };
    }

    private static JsonItem Cut(JsonValueKind kind, string text, int max) =>
        text.Length <= max ? new JsonItem(kind) { Text = text } : new JsonItem(kind) { Text = text[..Boundary(text, max)], Rest = text };

    /// <summary>Where a text may end without halving a character.</summary>
    private static int Boundary(string text, int max) => char.IsHighSurrogate(text[max - 1]) ? max - 1 : max;

    private static IEnumerable<KeyValuePair<string, JsonElement>> Parts(JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, property.Value))
        : element.EnumerateArray().Select((value, index) => KeyValuePair.Create(index.ToString(CultureInfo.InvariantCulture), value));

    private static string? Print(JsonValueKind kind, List<KeyValuePair<string, JsonElement>> rest) =>
        rest.Count == 0 ? null
        : kind == JsonValueKind.Object
            ? string.Join('\n', rest.Select(part => $"{part.Key}: {JsonText.Indented(part.Value)}"))
            : string.Join('\n', rest.Select(part => JsonText.Indented(part.Value)));
}
