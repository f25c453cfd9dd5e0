using LangSmith.Server.Curation.Documents;
using LangSmith.Server.Curation.Prices;
using LangSmith.Server.Domain;
using LangSmith.Server.Domain.Pricing;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Curation.Settings;

/// <summary>What workspaces say about prices and retention, kept as documents and held in memory for those who write and erase runs.</summary>
/// <remarks>
/// Loads of one kind wait for each other, and each reads what is stored then: whichever change came last, it is what holds. Thread-safe.
/// </remarks>
public sealed class WorkspaceRules(IDocumentStore documents, PriceBook prices, RetentionRules retention) : IDisposable
{
    /// <summary>The name of the setting that holds the default tier.</summary>
    public const string RetentionName = "retention";

    /// <summary>Its property: the tier of projects that name none.</summary>
    public const string DefaultTier = "default_trace_tier";

    private readonly SemaphoreSlim _loading = new(1);

    /// <summary>Loads the rules of every workspace; before the first run is taken in.</summary>
    public async Task LoadAllAsync(CancellationToken cancellationToken)
    {
        var query = new DocumentQuery { Workspace = WorkspaceId.Default, Kind = DocumentKinds.Workspace, Limit = int.MaxValue };
        foreach (var workspace in await documents.ListAsync(query, cancellationToken))
        {
            await LoadAsync(new WorkspaceId(workspace.Id), cancellationToken);
        }

        await LoadAsync(WorkspaceId.Default, cancellationToken);
    }

    /// <summary>Loads the rules of a workspace after one of them was changed.</summary>
    public async Task LoadAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            var query = new DocumentQuery { Workspace = workspace, Kind = DocumentKinds.ModelPrice, Ascending = true, Limit = int.MaxValue };
            var rows = await documents.ListAsync(query, cancellationToken);
            prices.Set(workspace, [.. rows.Select(row => PriceRow.ToPrice(row.Id, Shelf.Json(row)))]);
            if (await documents.FindAsync(workspace, DocumentKinds.Settings, null, RetentionName, cancellationToken) is { } stored
                && (string?)Shelf.Json(stored)[DefaultTier] is { } tier)
            {
                retention.SetDefaultTier(workspace, tier);
            }
        }
        finally
        {
            _loading.Release();
        }
    }

    public void Dispose() => _loading.Dispose();
}
