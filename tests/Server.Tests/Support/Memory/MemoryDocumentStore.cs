using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Documents;

namespace Server.Tests.Support.Memory;

internal sealed class MemoryDocumentStore(TimeProvider time) : IDocumentStore
{
    private readonly List<Document> _documents = [];
    private readonly Lock _lock = new();

    public Task<(Document Document, bool Created)> CreateAsync(Document document, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var taken = Live().FirstOrDefault(d => d.Workspace == document.Workspace && d.Kind == document.Kind
                && (d.Id == document.Id || (d.Name is not null && d.Name == document.Name && d.ParentId == document.ParentId)));
            if (taken is not null)
            {
                return Task.FromResult((taken, false));
            }

            var stored = document with { Version = 1 };
            _documents.Add(stored);
            return Task.FromResult((stored, true));
        }
    }

    public Task<Document?> UpdateAsync(Document document, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var index = _documents.FindIndex(d => Same(d, document) && d.Version == document.Version);
            if (index < 0)
            {
                return Task.FromResult<Document?>(null);
            }

            if (document.Name is not null && _documents.Any(d => !Same(d, document) && d.Workspace == document.Workspace
                && d.Kind == document.Kind && d.ParentId == document.ParentId && d.Name == document.Name))
            {
                throw new DocumentNameTakenException(document.Kind, document.Name);
            }

            return Task.FromResult<Document?>(_documents[index] = document with { Version = document.Version + 1 });
        }
    }

    public Task<Document?> FindAsync(WorkspaceId workspace, string kind, Guid id, CancellationToken cancellationToken) =>
        First(d => d.Workspace == workspace && d.Kind == kind && d.Id == id);

    public Task<Document?> FindAsync(WorkspaceId workspace, string kind, Guid? parentId, string name, CancellationToken cancellationToken) =>
        First(d => d.Workspace == workspace && d.Kind == kind && d.ParentId == parentId && d.Name == name);

    public Task<Document?> FindAnywhereAsync(string kind, Guid id, CancellationToken cancellationToken) => First(d => d.Kind == kind && d.Id == id);

    public Task<Document?> FindAnywhereAsync(string kind, string name, CancellationToken cancellationToken) => First(d => d.Kind == kind && d.Name == name);

    public Task<IReadOnlyList<Document>> ListAsync(DocumentQuery query, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var found = Matching(query).OrderBy(d => d.CreatedAt).ThenBy(d => d.Id).ToList();
            if (!query.Ascending)
            {
                found.Reverse();
            }

            return Task.FromResult<IReadOnlyList<Document>>([.. found.Skip(query.Offset).Take(query.Limit)]);
        }
    }

    public Task<int> CountAsync(DocumentQuery query, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(Matching(query).Count());
        }
    }

    public Task<bool> DeleteAsync(WorkspaceId workspace, string kind, Guid id, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var removed = _documents.RemoveAll(d => d.Workspace == workspace && d.Kind == kind && d.Id == id) > 0;
            for (var gone = new HashSet<Guid> { id }; gone.Count > 0;)
            {
                var below = _documents.Where(d => d.Workspace == workspace && d.ParentId is { } p && gone.Contains(p)).ToList();
                below.ForEach(d => _documents.Remove(d));
                gone = [.. below.Select(d => d.Id)];
            }

            return Task.FromResult(removed);
        }
    }

    private static bool Same(Document one, Document other) => one.Workspace == other.Workspace && one.Kind == other.Kind && one.Id == other.Id;

    private IEnumerable<Document> Live() => _documents.Where(d => d.ExpiresAt is not { } end || end > time.GetUtcNow());

    private Task<Document?> First(Func<Document, bool> condition)
    {
        lock (_lock)
        {
            return Task.FromResult(Live().FirstOrDefault(condition));
        }
    }

    private IEnumerable<Document> Matching(DocumentQuery query) => Live()
        .Where(d => d.Workspace == query.Workspace && d.Kind == query.Kind)
        .Where(d => query.ParentId is null || d.ParentId == query.ParentId)
        .Where(d => query.Ids.Count == 0 || query.Ids.Contains(d.Id))
        .Where(d => query.Names.Count == 0 || query.Names.Contains(d.Name ?? ""))
        .Where(d => query.NameContains is null || d.Name?.Contains(query.NameContains, StringComparison.OrdinalIgnoreCase) == true);
}
