using System.Text.Json;

namespace LangSmith.Server.Query;

/// <summary>The scalars of a payload by dotted path; indexes of arrays are left out, nulls are absent.</summary>
public static class PayloadEntries
{
    private const int EntriesMax = 1_000;
    private const int DepthMax = 64;

    /// <summary>Reads the entries; none when the JSON is empty or deeper than anything that is filtered by.</summary>
    public static IReadOnlyList<(string Path, string Text)> Of(ReadOnlyMemory<byte> json)
    {
        var entries = new List<(string, string)>();
        if (!json.IsEmpty)
        {
            try
            {
                using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1024 });
                Add(document.RootElement, "", 0, entries);
            }
            catch (JsonException)
            {
                // Kept as it came, and not filtered by.
            }
        }

        return entries;
    }

    private static void Add(JsonElement value, string path, int depth, List<(string, string)> entries)
    {
        if (depth > DepthMax || entries.Count >= EntriesMax)
        {
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    Add(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}", depth + 1, entries);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Add(item, path, depth + 1, entries);
                }

                break;
            case JsonValueKind.String:
                entries.Add((path, value.GetString()!));
                break;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                entries.Add((path, value.GetRawText()));
                break;
        }
    }
}
