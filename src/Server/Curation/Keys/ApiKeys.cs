using System.Text.Json.Nodes;
using LangSmith.Server.Curation.Documents;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Curation.Keys;

/// <summary>The API keys of a workspace. A key is shown once, when it is made; only its hash is kept.</summary>
public static class ApiKeys
{
    /// <summary>Makes a key.</summary>
    /// <param name="shelf">The shelf of <see cref="DocumentKinds.ApiKey"/>.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="isReadOnly">Whether it may only read.</param>
    /// <param name="expiresAt">When it ends; null for never.</param>
    /// <returns>The key, which nobody can read again, and the document that stands for it.</returns>
    public static async Task<(string Key, Document Document)> CreateAsync(
        Shelf shelf, string description, bool isReadOnly, DateTimeOffset? expiresAt)
    {
        var key = ApiKeyText.New();
        var json = new JsonObject
        {
            ["short_key"] = ApiKeyText.Short(key),
            ["description"] = description,
            ["read_only"] = isReadOnly,
            ["expires_at"] = expiresAt is { } end ? DocumentTime.Print(end) : null,
        };
        var (document, _) = await shelf.CreateAsync(json, name: ApiKeyText.Hash(key), expiresAt: expiresAt);
        return (key, document);
    }
}
