using System.Text.Json;

namespace LangSmith.Server.Web.Payloads;

/// <summary>A document that a retriever found.</summary>
public sealed record RetrievedDocument(string Content, JsonItem? Metadata, string? Source, double? Score)
{
    private const int DocumentsMax = 100;

    /// <summary>The documents in a run's outputs; null when there are none.</summary>
    public static IReadOnlyList<RetrievedDocument>? Find(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object)
        {
            return root.TryGetProperty("documents", out var list) || root.TryGetProperty("output", out list) ? Find(list) : null;
        }

        if (root.ValueKind != JsonValueKind.Array || root.GetArrayLength() == 0)
        {
            return null;
        }

        var found = new List<RetrievedDocument>();
        foreach (var element in root.EnumerateArray().Take(DocumentsMax))
        {
            var content = element.ValueKind == JsonValueKind.Object ? Text(element, "page_content") ?? Text(element, "pageContent") : null;
            if (content is null)
            {
                return null;
            }

            var metadata = element.TryGetProperty("metadata", out var value) && value.ValueKind == JsonValueKind.Object ? value : (JsonElement?)null;
            found.Add(new RetrievedDocument(
                content, metadata is { } item ? JsonItem.Of(item) : null, metadata is { } m ? Text(m, "source") ?? Text(m, "title") : null,
                metadata is { } n && (n.TryGetProperty("score", out var score) || n.TryGetProperty("relevance_score", out score))
                    && score.ValueKind == JsonValueKind.Number ? score.GetDouble() : null));
        }

        return found;
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? JsonText.String(value) : null;
}
