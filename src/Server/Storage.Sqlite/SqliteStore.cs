using LangSmith.Server.Domain.Pricing;
using LangSmith.Server.Storage.Documents;
using LangSmith.Server.Storage.Examples;
using LangSmith.Server.Storage.Sqlite.Blobs;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Documents;
using LangSmith.Server.Storage.Sqlite.Examples;
using LangSmith.Server.Storage.Sqlite.Filters;
using LangSmith.Server.Storage.Sqlite.Projects;
using LangSmith.Server.Storage.Sqlite.Runs;
using LangSmith.Server.Storage.Sqlite.Schema;
using LangSmith.Server.Storage.Sqlite.Statistics;
using LangSmith.Server.Storage.Sqlite.Writing;
using LangSmith.Server.Storage.Statistics;
using Microsoft.Extensions.Logging;

namespace LangSmith.Server.Storage.Sqlite;

/// <summary>The stores of one data folder: a database file and a folder of blobs. One process at a time may have it open.</summary>
public sealed class SqliteStore : IAsyncDisposable
{
    private readonly Database _database;
    private readonly WriterThread _writer;

    private SqliteStore(SqliteStoreOptions options, Database database, WriterThread writer, FileBlobStore blobs, PriceList prices, TimeProvider time)
    {
        _database = database;
        _writer = writer;
        Blobs = blobs;
        Runs = new SqliteRunStore(options, database, writer, blobs, prices);
        Catalogue = new SqliteCatalogue(database, writer);
        Documents = new SqliteDocumentStore(database, writer, time);
        Examples = new SqliteExampleStore(database, writer);
        Statistics = new SqliteRunStatistics(database);
    }

    public IRunStore Runs { get; }

    public ICatalogue Catalogue { get; }

    public IBlobStore Blobs { get; }

    public IDocumentStore Documents { get; }

    public IExampleStore Examples { get; }

    public IRunStatistics Statistics { get; }

    /// <summary>Opens a data folder, makes it when absent, and brings it to the newest schema.</summary>
    /// <exception cref="InvalidOperationException">The folder was written by a newer version of the server.</exception>
    public static SqliteStore Open(SqliteStoreOptions options, PriceList prices, TimeProvider time, ILogger logger)
    {
        Directory.CreateDirectory(options.DataFolder);
        var blobs = new FileBlobStore(Path.Combine(options.DataFolder, "blobs"));
        var path = Path.Combine(options.DataFolder, "langsmith.db");
        var database = new Database(path, options.ReadersMax, connection => PayloadFunctions.Register(connection, blobs.ReadAll));
        var statements = database.OpenWriter();
        try
        {
            Migration.Run(statements.Connection);
        }
        catch
        {
            statements.Dispose();
            throw;
        }

        return new SqliteStore(options, database, new WriterThread(options, statements, path, logger), blobs, prices, time);
    }

    /// <summary>Writes what waits, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync().ConfigureAwait(false);
        _database.Dispose();
    }
}
