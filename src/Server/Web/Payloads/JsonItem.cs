using System.Text.Json;

namespace LangSmith.Server.Web.Payloads;

/// <summary>A JSON value as the tree shows it: bounded in nodes, depth and length.</summary>
public sealed class JsonItem
{
    private const int NodesMax = 2_000;
    private const int DepthMax = 40;
    private const int TextMax = 10_000;

    private JsonItem(JsonValueKind kind) => Kind = kind;

    public JsonValueKind Kind { get; }

    /// <summary>A scalar's text, without quotes; of something too deep or too much, its beginning as JSON.</summary>
    public string Text { get; private init; } = "";

    public bool IsCut { get; private init; }

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
            var cut = text.Length > TextMax;
            return new JsonItem(element.ValueKind) { Text = cut ? text[..TextMax] : text, IsCut = cut };
        }

        if (depth >= DepthMax)
        {
            var raw = element.GetRawText();
            return new JsonItem(JsonValueKind.Undefined) { Text = raw.Length > 200 ? raw[..200] : raw, IsCut = raw.Length > 200 };
        }

        var children = new List<KeyValuePair<string, JsonItem>>();
        var count = 0;
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                if (count++ >= 0 && budget > 0)
                {
                    children.Add(new(property.Name, Of(property.Value, depth + 1, ref budget)));
                }
            }
        }
        else
        {
            foreach (var value in element.EnumerateArray())
            {
                if (budget > 0)
                {
                    children.Add(new(count.ToString(System.Globalization.CultureInfo.InvariantCulture), Of(value, depth + 1, ref budget)));
                }

                count++;
            }
        }

        return new JsonItem(element.ValueKind) { Children = children, Left = count - children.Count };
    }
}
