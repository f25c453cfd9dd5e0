using LangSmith.Server.Domain;

namespace LangSmith.Server.Storage.Documents;

/// <summary>The store of small things: created, changed, listed and deleted by workspace, kind and id.</summary>
/// <remarks>
/// Thread-safe; a completed task is durable and seen by every later read. No call sees a workspace that it does not name, except the two
/// that look for what names its workspace by itself: tokens and keys.
/// </remarks>
public interface IDocumentStore
{
    /// <summary>Creates a document, or tells that its id or name is taken by returning the one that has it.</summary>
    Task<(Document Document, bool Created)> CreateAsync(Document document, CancellationToken cancellationToken);

    /// <summary>Replaces a document's name, JSON, parent, expiry and time of change.</summary>
    /// <param name="document">The document as read, with what is to change; its version says what was read.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The stored document; null when there is none any more, or somebody changed it since.</returns>
    /// <exception cref="DocumentNameTakenException">Another document has the new name.</exception>
    Task<Document?> UpdateAsync(Document document, CancellationToken cancellationToken);

    Task<Document?> FindAsync(WorkspaceId workspace, string kind, Guid id, CancellationToken cancellationToken);

    Task<Document?> FindAsync(WorkspaceId workspace, string kind, Guid? parentId, string name, CancellationToken cancellationToken);

    /// <summary>Finds a document whose id is a secret that names its workspace, such as a share token.</summary>
    Task<Document?> FindAnywhereAsync(string kind, Guid id, CancellationToken cancellationToken);

    /// <summary>Finds a document whose name is a secret that names its workspace, such as the hash of an API key.</summary>
    Task<Document?> FindAnywhereAsync(string kind, string name, CancellationToken cancellationToken);

    Task<IReadOnlyList<Document>> ListAsync(DocumentQuery query, CancellationToken cancellationToken);

    /// <summary>How many documents a query matches, whatever its offset and limit.</summary>
    Task<int> CountAsync(DocumentQuery query, CancellationToken cancellationToken);

    /// <summary>Deletes a document and everything below it, whatever its kind; false when there was none.</summary>
    Task<bool> DeleteAsync(WorkspaceId workspace, string kind, Guid id, CancellationToken cancellationToken);
}
