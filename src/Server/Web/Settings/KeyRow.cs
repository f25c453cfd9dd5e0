using LangSmith.Server.Curation.Documents;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Web.Settings;

/// <summary>An API key as it may be shown.</summary>
public sealed record KeyRow(Guid Id, string ShortKey, string? Description, bool IsReadOnly, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    public static KeyRow Of(Document document)
    {
        var json = Shelf.Json(document);
        return new KeyRow(
            document.Id, json.Text("short_key") ?? "…", json.Text("description"), json.Flag("read_only"), document.CreatedAt, document.ExpiresAt);
    }
}
