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
                    if (TryText(() => property.Name) is { } name)
                    {
                        Add(property.Value, path.Length == 0 ? name : $"{path}.{name}", depth + 1, entries);
                    }
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Add(item, path, depth + 1, entries);
                }

                break;
            case JsonValueKind.String when TryText(value.GetString) is { } text:
                entries.Add((path, text));
                break;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                entries.Add((path, value.GetRawText()));
                break;
        }
    }

    /// <summary>A text; null when it holds half of a surrogate pair as an escape: JSON to a parser, no text to anybody.</summary>
    private static string? TryText(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
