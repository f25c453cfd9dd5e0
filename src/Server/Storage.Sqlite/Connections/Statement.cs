using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LangSmith.Server.Storage.Sqlite.Connections;

/// <summary>A prepared statement whose parameters are numbered.</summary>
/// <remarks>
/// Statements that write, and those that ask for one value, are run a dozen times for each run that is ingested: they go to SQLite without the
/// objects of ADO.NET between, which look up every parameter by its name.
/// </remarks>
internal sealed class Statement(SqliteConnection connection, string sql) : IDisposable
{
    private sqlite3_stmt? _prepared;
    private SqliteCommand? _command;

    public int Execute(params ReadOnlySpan<object?> values)
    {
        var prepared = Prepare(values);
        try
        {
            while (Step(prepared))
            {
            }

            return raw.sqlite3_changes(connection.Handle);
        }
        finally
        {
            raw.sqlite3_reset(prepared);
        }
    }

    public object? Scalar(params ReadOnlySpan<object?> values)
    {
        var prepared = Prepare(values);
        try
        {
            return !Step(prepared)
                ? null
                : raw.sqlite3_column_type(prepared, 0) switch
                {
                    raw.SQLITE_INTEGER => raw.sqlite3_column_int64(prepared, 0),
                    raw.SQLITE_FLOAT => raw.sqlite3_column_double(prepared, 0),
                    raw.SQLITE_TEXT => raw.sqlite3_column_text(prepared, 0).utf8_to_string(),
                    raw.SQLITE_BLOB => raw.sqlite3_column_blob(prepared, 0).ToArray(),
                    _ => null,
                };
        }
        finally
        {
            raw.sqlite3_reset(prepared);
        }
    }

    /// <summary>Reads all rows.</summary>
    public List<T> List<T>(Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var reader = Open(values);
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>Reads all rows without keeping them.</summary>
    public void Each(Action<SqliteDataReader> read, params ReadOnlySpan<object?> values)
    {
        using var reader = Open(values);
        while (reader.Read())
        {
            read(reader);
        }
    }

    /// <summary>Reads rows without keeping them, until one is enough.</summary>
    /// <param name="read">Takes a row; false ends the reading.</param>
    /// <param name="values">The parameters' values.</param>
    public void EachWhile(Func<SqliteDataReader, bool> read, params ReadOnlySpan<object?> values)
    {
        using var reader = Open(values);
        while (reader.Read() && read(reader))
        {
        }
    }

    /// <summary>Reads the first row; the default when there is none.</summary>
    public T? First<T>(Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var reader = Open(values);
        return reader.Read() ? read(reader) : default;
    }

    public void Dispose()
    {
        _command?.Dispose();
        _prepared?.Dispose();
    }

    private bool Step(sqlite3_stmt prepared)
    {
        var result = raw.sqlite3_step(prepared);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(result, connection.Handle);
        }

        return result == raw.SQLITE_ROW;
    }

    private sqlite3_stmt Prepare(ReadOnlySpan<object?> values)
    {
        if (_prepared is null)
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(connection.Handle, sql, out _prepared), connection.Handle);
        }

        for (var index = 0; index < values.Length; index++)
        {
            SqliteException.ThrowExceptionForRC(Bind(_prepared, index + 1, values[index]), connection.Handle);
        }

        return _prepared;
    }

    private static int Bind(sqlite3_stmt prepared, int number, object? value)
    {
        switch (value)
        {
            case Guid id:
                Span<byte> bytes = stackalloc byte[16];
                id.TryWriteBytes(bytes, bigEndian: true, out _);
                return raw.sqlite3_bind_blob(prepared, number, bytes);
            case ReadOnlyMemory<byte> text:
                return text.IsEmpty ? raw.sqlite3_bind_null(prepared, number) : raw.sqlite3_bind_text(prepared, number, text.Span);
        }

        return ToSql(value) switch
        {
            long integer => raw.sqlite3_bind_int64(prepared, number, integer),
            int integer => raw.sqlite3_bind_int64(prepared, number, integer),
            double real => raw.sqlite3_bind_double(prepared, number, real),
            string text => raw.sqlite3_bind_text(prepared, number, text),
            byte[] blob => raw.sqlite3_bind_blob(prepared, number, blob),
            DBNull => raw.sqlite3_bind_null(prepared, number),
            var other => throw new NotSupportedException($"SQLite keeps no {other.GetType()}."),
        };
    }

    private SqliteDataReader Open(ReadOnlySpan<object?> values)
    {
        if (_command is null)
        {
            _command = connection.CreateCommand();
            _command.CommandText = sql;
        }

        var parameters = _command.Parameters;
        for (var index = 0; index < values.Length; index++)
        {
            var value = ToSql(values[index]);
            if (index == parameters.Count)
            {
                parameters.Add(new SqliteParameter($"?{index + 1}", value));
            }
            else if (value is DBNull || parameters[index].Value?.GetType() != value.GetType())
            {
                parameters[index] = new SqliteParameter($"?{index + 1}", value);
            }
            else
            {
                parameters[index].Value = value;
            }
        }

        return _command.ExecuteReader();
    }

    private static object ToSql(object? value) => value switch
    {
        null => DBNull.Value,
        Guid id => id.ToByteArray(bigEndian: true),
        DateTimeOffset time => time.UtcTicks,
        bool truth => truth ? 1L : 0L,
        ReadOnlyMemory<byte> text => text.IsEmpty ? DBNull.Value : System.Text.Encoding.UTF8.GetString(text.Span),
        decimal money => (double)money,
        _ => value,
    };
}
