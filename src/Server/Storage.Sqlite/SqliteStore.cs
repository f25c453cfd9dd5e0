using LangSmith.Server.Domain.Pricing;
using LangSmith.Server.Storage.Documents;
using LangSmith.Server.Storage.Examples;
using LangSmith.Server.Storage.Sqlite.Blobs;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Documents;
using LangSmith.Server.Storage.Sqlite.Examples;
using LangSmith.Server.Storage.Sqlite.Filters;
using LangSmith.Server.Storage.Sqlite.Housekeeping;
using LangSmith.Server.Storage.Sqlite.Projects;
using LangSmith.Server.Storage.Sqlite.Runs;
using LangSmith.Server.Storage.Sqlite.Schema;
using LangSmith.Server.Storage.Sqlite.Search;
using LangSmith.Server.Storage.Sqlite.Statistics;
using LangSmith.Server.Storage.Sqlite.Writing;
using LangSmith.Server.Storage.Statistics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace LangSmith.Server.Storage.Sqlite;

/// <summary>The stores of one data folder: a database file and a folder of blobs. One process at a time may have it open.</summary>
public sealed class SqliteStore : IAsyncDisposable
{
    internal const string DatabaseName = "langsmith.db";
    internal const string BlobFolderName = "blobs";

    private readonly Database _database;
    private readonly WriterThread _writer;
    private readonly FileBlobStore _blobs;
    private readonly Housekeeper _housekeeper;
    private readonly HousekeepingLoop _housekeeping;
    private readonly SearchIndexer _indexer;

    // A backup and the removal of files that it may name exclude each other.
    private readonly SemaphoreSlim _files = new(1);

    private SqliteStore(
        SqliteStoreOptions options, Database database, WriterThread writer, SearchIndexer indexer, FileBlobStore blobs, PriceBook prices,
        TimeProvider time, ILogger logger)
    {
        _indexer = indexer;
        _database = database;
        _writer = writer;
        _blobs = blobs;
        _housekeeper = new Housekeeper(options, database, writer, blobs, time);
        _housekeeping = new HousekeepingLoop(HousekeepAsync, options.HousekeepingInterval, time, logger);
        Runs = new SqliteRunStore(options, database, writer, blobs, prices, time);
        Catalogue = new SqliteCatalogue(database, writer);
        Documents = new SqliteDocumentStore(database, writer, time);
        Examples = new SqliteExampleStore(database, writer);
        Statistics = new SqliteRunStatistics(database);
        Room = new DiskRoom(options.DataFolder);
    }

    public IRunStore Runs { get; }

    public ICatalogue Catalogue { get; }

    public IBlobStore Blobs => _blobs;

    public IDocumentStore Documents { get; }

    public IExampleStore Examples { get; }

    public IRunStatistics Statistics { get; }

    public IStoreRoom Room { get; }

    /// <summary>Opens a data folder, makes it when absent, and brings it to the newest schema.</summary>
    /// <exception cref="StoreOpenException">The folder was written by a newer version of the server, holds something else, or cannot be written.</exception>
    public static SqliteStore Open(SqliteStoreOptions options, PriceBook prices, TimeProvider time, ILogger logger)
    {
        Directory.CreateDirectory(options.DataFolder);
        var blobs = new FileBlobStore(Path.Combine(options.DataFolder, BlobFolderName), time);
        var path = Path.Combine(options.DataFolder, DatabaseName);
        var search = new SearchFile(Path.Combine(options.DataFolder, "langsmith-search.db"));
        var database = new Database(path, options.ReadersMax, connection =>
        {
            PayloadFunctions.Register(connection, blobs.ReadAll);
            search.Attach(connection);
        });
        var statements = OpenWriter(database);
        var writer = new WriterThread(options, statements, path, logger);
        var indexer = new SearchIndexer(
            database, writer, search.Open(writer.FirstKnownSequence), blobs.ReadAll, new SearchPace(options.SearchTrailMax), logger);
        writer.Committed = indexer.Signal;
        return new SqliteStore(options, database, writer, indexer, blobs, prices, time, logger);
    }

    private static Statements OpenWriter(Database database)
    {
        Statements? statements = null;
        try
        {
            statements = database.OpenWriter();
            Migration.Run(statements.Connection);
            return statements;
        }
        catch (Exception exception)
        {
            statements?.Dispose();
            if (exception is SqliteException)
            {
                throw new StoreOpenException(
                    $"'{database.Path}' cannot be opened: {exception.Message} See whether it is this server's, whether the disk is full, and who may write.",
                    exception);
            }

            throw;
        }
    }

    /// <summary>Removes what is deleted or has expired, and gives its space back; happens by itself from time to time.</summary>
    public async Task HousekeepAsync(CancellationToken cancellationToken)
    {
        await _files.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _housekeeper.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _files.Release();
        }
    }

    /// <summary>Waits until the search index has everything that was stored before; searches are right without it, and slower.</summary>
    public Task CatchUpSearchAsync(CancellationToken cancellationToken) => _indexer.CatchUpAsync().WaitAsync(cancellationToken);

    /// <summary>Copies everything, as it is at one moment, into a folder that can be opened like this one. Reads and writes go on.</summary>
    /// <exception cref="IOException">The folder has a database already.</exception>
    public async Task BackUpAsync(string folder, CancellationToken cancellationToken)
    {
        await _files.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await StoreBackup.RunAsync(_database, _blobs, folder, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _files.Release();
        }
    }

    /// <summary>Writes what waits, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _housekeeping.DisposeAsync().ConfigureAwait(false);
        await _indexer.StopAsync().ConfigureAwait(false);
        await _writer.DisposeAsync().ConfigureAwait(false);
        // The writer signalled until its end.
        _indexer.Dispose();
        _database.Dispose();
        _files.Dispose();
    }
}
