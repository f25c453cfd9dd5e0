using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Curation.Documents;

/// <summary>The documents of one kind in one workspace, for the length of a request.</summary>
/// <remarks>Thread-safe; errors are those of <see cref="IDocumentStore"/>.</remarks>
public sealed class Shelf(IDocumentStore store, TimeProvider time, WorkspaceId workspace, string kind, CancellationToken cancellationToken)
{
    /// <summary>More documents of one kind than people tend: a list without a limit of its own stops here.</summary>
    public const int All = 10_000;

    /// <summary>The JSON of a document, to read or to change.</summary>
    public static JsonObject Json(Document document) => JsonNode.Parse(document.Json.Span)!.AsObject();

    /// <summary>Creates a document; when its id or name is taken, the one that has it comes back with false.</summary>
    public Task<(Document Document, bool Created)> CreateAsync(
        JsonObject json, Guid? id = null, string? name = null, Guid? parentId = null, DateTimeOffset? expiresAt = null)
    {
        var now = time.GetUtcNow();
        return store.CreateAsync(
            new Document
            {
                Workspace = workspace,
                Kind = kind,
                Id = id ?? Uuid7.NewGuid(now),
                ParentId = parentId,
                Name = name,
                Json = JsonSerializer.SerializeToUtf8Bytes(json),
                CreatedAt = now,
                ModifiedAt = now,
                ExpiresAt = expiresAt,
            },
            cancellationToken);
    }

    public Task<Document?> FindAsync(Guid id) => store.FindAsync(workspace, kind, id, cancellationToken);

    public Task<Document?> FindAsync(string name, Guid? parentId = null) => store.FindAsync(workspace, kind, parentId, name, cancellationToken);

    /// <summary>Changes a document, again on its newest form when somebody else was faster; null when it is gone.</summary>
    public async Task<Document?> UpdateAsync(Guid id, Func<Document, Document> change)
    {
        while (await FindAsync(id) is { } document)
        {
            if (await store.UpdateAsync(change(document) with { ModifiedAt = time.GetUtcNow() }, cancellationToken) is { } updated)
            {
                return updated;
            }
        }

        return null;
    }

    /// <summary>Changes the JSON of a document.</summary>
    public Task<Document?> UpdateAsync(Guid id, Action<JsonObject> change) => UpdateAsync(id, document =>
    {
        var json = Json(document);
        change(json);
        return document with { Json = JsonSerializer.SerializeToUtf8Bytes(json) };
    });

    public Task<IReadOnlyList<Document>> ListAsync(Func<DocumentQuery, DocumentQuery>? narrow = null)
    {
        var query = new DocumentQuery { Workspace = workspace, Kind = kind, Limit = All };
        return store.ListAsync(narrow?.Invoke(query) ?? query, cancellationToken);
    }

    public Task<int> CountAsync(Func<DocumentQuery, DocumentQuery>? narrow = null)
    {
        var query = new DocumentQuery { Workspace = workspace, Kind = kind };
        return store.CountAsync(narrow?.Invoke(query) ?? query, cancellationToken);
    }

    public Task<bool> DeleteAsync(Guid id) => store.DeleteAsync(workspace, kind, id, cancellationToken);
}
