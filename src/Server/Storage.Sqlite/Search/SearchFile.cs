using System.Globalization;
using Microsoft.Data.Sqlite;

namespace LangSmith.Server.Storage.Sqlite.Search;

/// <summary>The file of the search index.</summary>
internal sealed class SearchFile(string path)
{
    // Words are gathered in memory up to this size and become a segment of the index; small segments are merged again and again.
    private const int GatheredBytesMax = 32 * 1024 * 1024;

    // Grows when what is indexed changes: then the index is made anew.
    private const int Version = 1;

    /// <summary>The name under which readers know the file.</summary>
    public const string Schema = "search";

    /// <summary>Opens the index for writing, and makes it when it is absent, of another version, or of another store.</summary>
    /// <param name="lastSequence">The last write of the store: an index that knows more is not of this store.</param>
    public SqliteConnection Open(long lastSequence)
    {
        var connection = TryOpen(lastSequence) ?? Make();
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO run_text (run_text, rank) VALUES ('hashsize', {GatheredBytesMax})"));
        return connection;
    }

    /// <summary>Lets a reader of the store see the index.</summary>
    public void Attach(SqliteConnection reader)
    {
        using var command = reader.CreateCommand();
        command.CommandText = $"ATTACH DATABASE $path AS {Schema}";
        command.Parameters.AddWithValue("$path", path);
        command.ExecuteNonQuery();
    }

    private SqliteConnection Make()
    {
        foreach (var file in (ReadOnlySpan<string>)[path, path + "-wal", path + "-shm"])
        {
            File.Delete(file);
        }

        var connection = Connect();
        Execute(connection, ReadSchema());
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Version}"));
        return connection;
    }

    private SqliteConnection? TryOpen(long lastSequence)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = Connect();
            if (Scalar(connection, "PRAGMA user_version") == Version && Scalar(connection, "SELECT sequence FROM progress") <= lastSequence)
            {
                return connection;
            }
        }
        catch (SqliteException)
        {
            // Damaged: what it held is in the store.
        }

        connection?.Dispose();
        return null;
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            // What a crash takes is indexed again.
            Execute(connection, "PRAGMA journal_mode = WAL");
            Execute(connection, "PRAGMA synchronous = NORMAL");
            Execute(connection, "PRAGMA busy_timeout = 10000");
            Execute(connection, "PRAGMA cache_size = -65536");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string ReadSchema()
    {
        using var reader = new StreamReader(typeof(SearchFile).Assembly.GetManifestResourceStream("search-index.sql")!);
        return reader.ReadToEnd();
    }
}
