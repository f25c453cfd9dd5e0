using LangSmith.Server.Domain;

namespace LangSmith.Server.Storage.Examples;

/// <summary>The store of dataset examples, every version of them.</summary>
/// <remarks>Thread-safe; a completed task is durable and seen by every later read. No call sees a workspace that it does not name.</remarks>
public interface IExampleStore
{
    /// <summary>Adds states of examples as one unit: new examples, changes and deletions.</summary>
    Task WriteAsync(IReadOnlyList<StoredExample> examples, CancellationToken cancellationToken);

    /// <summary>Reads an example as of a time; null when there is none then, or it was deleted.</summary>
    Task<StoredExample?> FindAsync(WorkspaceId workspace, Guid exampleId, DateTimeOffset? asOf, CancellationToken cancellationToken);

    Task<IReadOnlyList<StoredExample>> ListAsync(ExampleQuery query, CancellationToken cancellationToken);

    Task<int> CountAsync(ExampleQuery query, CancellationToken cancellationToken);

    /// <summary>The times at which a dataset changed, newest first.</summary>
    Task<IReadOnlyList<DateTimeOffset>> ListVersionsAsync(WorkspaceId workspace, Guid datasetId, CancellationToken cancellationToken);

    /// <summary>Which of these runs were made into an example.</summary>
    Task<IReadOnlySet<Guid>> FindSourceRunsAsync(WorkspaceId workspace, IReadOnlyCollection<Guid> runIds, CancellationToken cancellationToken);

    /// <summary>Deletes every version of a dataset's examples.</summary>
    Task DeleteDatasetAsync(WorkspaceId workspace, Guid datasetId, CancellationToken cancellationToken);
}
