using Microsoft.Data.Sqlite;

namespace LangSmith.Server.Storage.Sqlite.Connections;

/// <summary>A connection with the statements that were prepared on it. For one thread at a time.</summary>
internal sealed class Statements(SqliteConnection connection) : IDisposable
{
    // Filters make endless texts; only so many are worth keeping.
    private const int KeptMax = 200;

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
