using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace LangSmith.Server.Storage.Sqlite.Connections;

/// <summary>The database file: one connection for the writer, a pool of them for readers.</summary>
internal sealed class Database(string path, int readersMax, Action<SqliteConnection> prepareReader) : IDisposable
{
    private readonly ConcurrentBag<Statements> _idle = [];
    private readonly SemaphoreSlim _readers = new(readersMax);

    public string Path => path;

    public Statements OpenWriter()
    {
        var connection = OpenConnection(SqliteOpenMode.ReadWriteCreate);
        // Durable before acknowledged: the log is synced at each commit. Checkpoints are the writer's own business.
        Execute(connection, "PRAGMA page_size = 8192");
        // Takes effect in a new file alone; housekeeping gives the pages back.
        Execute(connection, "PRAGMA auto_vacuum = INCREMENTAL");
        Execute(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, "PRAGMA synchronous = FULL");
        Execute(connection, "PRAGMA wal_autocheckpoint = 0");
        return new Statements(connection);
    }

    /// <summary>Runs a read on a thread of the pool, with a connection of its own that sees what is committed now.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits for the read any more: it ended where it was.</exception>
    public async Task<T> ReadAsync<T>(Func<Statements, T> read, CancellationToken cancellationToken)
    {
        await _readers.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Read(read, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _readers.Release();
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var statements))
        {
            statements.Dispose();
        }

        _readers.Dispose();
    }

    /// <summary>Runs a read on this thread, beside the readers that are counted.</summary>
    public T Read<T>(Func<Statements, T> read, CancellationToken cancellationToken = default)
    {
        if (!_idle.TryTake(out var statements))
        {
            statements = new Statements(OpenConnection(SqliteOpenMode.ReadWrite));
            Execute(statements.Connection, "PRAGMA query_only = 1");
            prepareReader(statements.Connection);
        }

        try
        {
            // One transaction for the whole read: its queries see one state.
            statements.Execute("BEGIN");
            var result = statements.Interruptibly(read, cancellationToken);
            statements.Execute("COMMIT");
            _idle.Add(statements);
            return result;
        }
        catch (OperationCanceledException)
        {
            statements.RollBack();
            _idle.Add(statements);
            throw;
        }
        catch
        {
            statements.Dispose();
            throw;
        }
    }

    /// <summary>Opens a connection outside of the pool.</summary>
    public SqliteConnection OpenConnection(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        Execute(connection, "PRAGMA busy_timeout = 10000");
        Execute(connection, "PRAGMA cache_size = -65536");
        Execute(connection, "PRAGMA mmap_size = 2147483648");
        Execute(connection, "PRAGMA temp_store = MEMORY");
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
