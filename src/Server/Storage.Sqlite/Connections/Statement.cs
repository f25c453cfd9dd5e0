using Microsoft.Data.Sqlite;

namespace LangSmith.Server.Storage.Sqlite.Connections;

/// <summary>A prepared statement whose parameters are numbered.</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    public Statement(SqliteConnection connection, string sql)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
    }

    public int Execute(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteNonQuery();
    }

    public object? Scalar(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    /// <summary>Reads all rows.</summary>
    public List<T> List<T>(Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        Bind(values);
        using var reader = _command.ExecuteReader();
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
        Bind(values);
        using var reader = _command.ExecuteReader();
        while (reader.Read())
        {
            read(reader);
        }
    }

    /// <summary>Reads the first row; the default when there is none.</summary>
    public T? First<T>(Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        Bind(values);
        using var reader = _command.ExecuteReader();
        return reader.Read() ? read(reader) : default;
    }

    public void Dispose() => _command.Dispose();

    private void Bind(ReadOnlySpan<object?> values)
    {
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
