using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LangSmith.Server.Storage.Sqlite.Connections;

/// <summary>A prepared statement whose parameters are numbered. For one thread at a time, and not within its own reading.</summary>
/// <remarks>
/// A dozen statements are run for each run that is ingested, and figures read hundreds of thousands of rows: they go to SQLite without the objects
/// of ADO.NET between, which look up every parameter by its name and every column by its kind.
/// </remarks>
internal sealed class Statement(SqliteConnection connection, string sql) : IDisposable
{
    private sqlite3_stmt? _prepared;

    public int Execute(params ReadOnlySpan<object?> values)
    {
        Each(_ => { }, values);
        return raw.sqlite3_changes(connection.Handle);
    }

    /// <summary>The first row's first value: a long, a double, a text or bytes; null for null, or when there is no row.</summary>
    public object? Scalar(params ReadOnlySpan<object?> values) => First(row => row.Value(0), values);

    /// <summary>Reads the first row; the default when there is none.</summary>
    public T? First<T>(Func<Row, T> read, params ReadOnlySpan<object?> values)
    {
        using var cursor = Open(values);
        return cursor.Next() ? read(cursor.Row) : default;
    }

    /// <summary>Reads all rows.</summary>
    public List<T> List<T>(Func<Row, T> read, params ReadOnlySpan<object?> values)
    {
        using var cursor = Open(values);
        var rows = new List<T>();
        while (cursor.Next())
        {
            rows.Add(read(cursor.Row));
        }

        return rows;
    }

    /// <summary>Reads all rows without keeping them.</summary>
    public void Each(Action<Row> read, params ReadOnlySpan<object?> values)
    {
        using var cursor = Open(values);
        while (cursor.Next())
        {
            read(cursor.Row);
        }
    }

    /// <summary>Reads rows without keeping them, until one is enough.</summary>
    /// <param name="read">Takes a row; false ends the reading.</param>
    /// <param name="values">The parameters' values.</param>
    public void EachWhile(Func<Row, bool> read, params ReadOnlySpan<object?> values)
    {
        using var cursor = Open(values);
        while (cursor.Next() && read(cursor.Row))
        {
        }
    }

    public void Dispose() => _prepared?.Dispose();

    private Cursor Open(ReadOnlySpan<object?> values)
    {
        if (_prepared is null)
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(connection.Handle, sql, out _prepared), connection.Handle);
        }

        for (var index = 0; index < values.Length; index++)
        {
            SqliteException.ThrowExceptionForRC(Bind(_prepared, index + 1, values[index]), connection.Handle);
        }

        return new Cursor(connection, _prepared);
    }

    private static int Bind(sqlite3_stmt prepared, int number, object? value)
    {
        switch (value)
        {
            case null:
                return raw.sqlite3_bind_null(prepared, number);
            case long integer:
                return raw.sqlite3_bind_int64(prepared, number, integer);
            case int integer:
                return raw.sqlite3_bind_int64(prepared, number, integer);
            case bool truth:
                return raw.sqlite3_bind_int64(prepared, number, truth ? 1 : 0);
            case DateTimeOffset time:
                return raw.sqlite3_bind_int64(prepared, number, time.UtcTicks);
            case double real:
                return raw.sqlite3_bind_double(prepared, number, real);
            case decimal money:
                return raw.sqlite3_bind_double(prepared, number, (double)money);
            case string text:
                return raw.sqlite3_bind_text(prepared, number, text);
            case byte[] blob:
                return raw.sqlite3_bind_blob(prepared, number, blob);
            case ReadOnlyMemory<byte> text:
                return text.IsEmpty ? raw.sqlite3_bind_null(prepared, number) : raw.sqlite3_bind_text(prepared, number, text.Span);
            case Guid id:
                Span<byte> bytes = stackalloc byte[16];
                id.TryWriteBytes(bytes, bigEndian: true, out _);
                return raw.sqlite3_bind_blob(prepared, number, bytes);
            default:
                throw new NotSupportedException($"SQLite keeps no {value.GetType()}.");
        }
    }

    private readonly ref struct Cursor(SqliteConnection connection, sqlite3_stmt prepared)
    {
        public Row Row => new(prepared);

        public bool Next()
        {
            var result = raw.sqlite3_step(prepared);
            if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            {
                SqliteException.ThrowExceptionForRC(result, connection.Handle);
            }

            return result == raw.SQLITE_ROW;
        }

        public void Dispose() => raw.sqlite3_reset(prepared);
    }
}
