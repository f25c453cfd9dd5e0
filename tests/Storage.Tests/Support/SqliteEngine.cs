using LangSmith.Server.Domain.Pricing;
using LangSmith.Server.Storage.Documents;
using LangSmith.Server.Storage.Examples;
using LangSmith.Server.Storage.Sqlite;
using LangSmith.Server.Storage.Statistics;
using Microsoft.Extensions.Logging.Abstractions;

namespace LangSmith.Server.Storage.Tests.Support;

public sealed class SqliteEngine : Engine
{
    private SqliteStore? _store;

    /// <summary>Bounds that a test wants to be small.</summary>
    public Func<SqliteStoreOptions, SqliteStoreOptions> Options { get; init; } = options => options;

    public string DatabasePath => Path.Combine(Folder, "langsmith.db");

    public SqliteStore Store => _store ?? throw new InvalidOperationException("The engine is closed.");

    public override IRunStore Runs => Store.Runs;

    public override ICatalogue Catalogue => Store.Catalogue;

    public override IBlobStore Blobs => Store.Blobs;

    public override IDocumentStore Documents => Store.Documents;

    public override IExampleStore Examples => Store.Examples;

    public override IRunStatistics Statistics => Store.Statistics;

    public override Task OpenAsync()
    {
        _store = SqliteStore.Open(Options(new SqliteStoreOptions { DataFolder = Folder }), new PriceBook(), Time, NullLogger.Instance);
        return Task.CompletedTask;
    }

    public override async Task SettleAsync()
    {
        await Store.CatchUpSearchAsync(CancellationToken.None);
        await PassAsync(TimeSpan.FromHours(1));
    }

    public override Task PassAsync(TimeSpan time)
    {
        Time.Advance(time);
        return Store.HousekeepAsync(CancellationToken.None);
    }

    public override async Task CloseAsync()
    {
        if (_store is { } store)
        {
            _store = null;
            await store.DisposeAsync();
        }
    }
}
