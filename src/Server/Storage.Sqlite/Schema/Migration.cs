using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;

namespace LangSmith.Server.Storage.Sqlite.Schema;

/// <summary>Brings a database to the newest schema: the numbered scripts of this folder, each once, in order.</summary>
internal static class Migration
{
    private static readonly Assembly s_assembly = typeof(Migration).Assembly;

    /// <summary>The number of the newest script.</summary>
    public static int Newest => Scripts().Last().Number;

    /// <exception cref="StoreOpenException">The database was written by a newer version of the server.</exception>
    public static void Run(SqliteConnection connection)
    {
        var version = Convert.ToInt32(Scalar(connection, "PRAGMA user_version"), CultureInfo.InvariantCulture);
        if (version > Newest)
        {
            throw new StoreOpenException(
                $"The data folder has schema {version}; this server knows up to {Newest}. Start the newer server, or restore a backup.");
        }

        foreach (var (number, name) in Scripts().Where(script => script.Number > version))
        {
            using var transaction = connection.BeginTransaction();
            using var command = connection.CreateCommand();
            command.CommandText = Read(name) + $"\nPRAGMA user_version = {number.ToString(CultureInfo.InvariantCulture)};";
            command.ExecuteNonQuery();
            transaction.Commit();
        }
    }

    private static IEnumerable<(int Number, string Name)> Scripts() =>
        s_assembly.GetManifestResourceNames()
            .Where(name => char.IsAsciiDigit(name[0]) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => (Number: int.Parse(name.AsSpan(0, 3), CultureInfo.InvariantCulture), Name: name))
            .OrderBy(script => script.Number);

    private static string Read(string name)
    {
        using var reader = new StreamReader(s_assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
