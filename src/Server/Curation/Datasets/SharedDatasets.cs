using LangSmith.Server.Curation.Documents;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Curation.Datasets;

/// <summary>Datasets that are read by a token alone. Thread-safe.</summary>
public static class SharedDatasets
{
    /// <summary>Finds the dataset that a token opens, in whatever workspace; null when it opens none, or no longer.</summary>
    public static async Task<Document?> FindAsync(IDocumentStore documents, string token, CancellationToken cancellationToken) =>
        RunId.TryParse(token, out var id)
        && await documents.FindAnywhereAsync(DocumentKinds.DatasetShare, id, cancellationToken) is { } share
        && Shelf.Json(share).Id("dataset_id") is { } dataset
            ? await documents.FindAsync(share.Workspace, DocumentKinds.Dataset, dataset, cancellationToken)
            : null;
}
