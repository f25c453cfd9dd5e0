using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LangSmith.Server.Storage.Sqlite.Connections;

/// <summary>A connection with the statements that were prepared on it. For one thread at a time.</summary>
internal sealed class Statements(SqliteConnection connection) : IDisposable
{
    // Filters make endless texts; only so many are worth keeping.
    private const int KeptMax = 200;

    // Steps of SQLite's machine between two looks at whether anybody still waits: a fraction of a millisecond.
    private const int StepsBetweenLooks = 10_000;

    private readonly Dictionary<string, Statement> _prepared = new(StringComparer.Ordinal);

    public SqliteConnection Connection => connection;

    /// <summary>A statement, ready for its parameters in the order of <c>?1</c>, <c>?2</c>, ...</summary>
    public Statement Prepare(string sql)
    {
        if (_prepared.TryGetValue(sql, out var statement))
        {
            return statement;
        }

        if (_prepared.Count == KeptMax)
        {
            DisposePrepared();
        }

        statement = new Statement(connection, sql);
        _prepared.Add(sql, statement);
        return statement;
    }

    public int Execute(string sql, params ReadOnlySpan<object?> values) => Prepare(sql).Execute(values);

    /// <summary>Undoes the transaction, unless SQLite has done so by itself, as for a full disk.</summary>
    public void RollBack()
    {
        if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            Execute("ROLLBACK");
        }
    }

    /// <summary>Runs a read that ends when it is cancelled, also in the midst of a statement.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled. The transaction is still open.</exception>
    public T Interruptibly<T>(Func<Statements, T> read, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
        {
            return read(this);
        }

        raw.sqlite3_progress_handler(connection.Handle, StepsBetweenLooks, _ => cancellationToken.IsCancellationRequested ? 1 : 0, null);
        try
        {
            return read(this);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException("The read was cancelled.", exception, cancellationToken);
        }
        finally
        {
            raw.sqlite3_progress_handler(connection.Handle, 0, null, null);
        }
    }

    public void Dispose()
    {
        DisposePrepared();
        connection.Dispose();
    }

    private void DisposePrepared()
    {
        foreach (var statement in _prepared.Values)
        {
            statement.Dispose();
        }

        _prepared.Clear();
    }
}
