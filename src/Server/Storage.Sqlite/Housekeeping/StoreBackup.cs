using LangSmith.Server.Storage.Sqlite.Blobs;
using LangSmith.Server.Storage.Sqlite.Connections;
using Microsoft.Data.Sqlite;

namespace LangSmith.Server.Storage.Sqlite.Housekeeping;

/// <summary>Copies a data folder while it is in use; the copy is a data folder as it was at one moment.</summary>
internal static class StoreBackup
{
    public static async Task RunAsync(Database database, FileBlobStore blobs, string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, SqliteStore.DatabaseName);
        if (File.Exists(path))
        {
            throw new IOException($"There is a database in {folder} already; a backup overwrites nothing.");
        }

        Directory.CreateDirectory(folder);
        await Task.Run(() => CopyDatabase(database, path), cancellationToken).ConfigureAwait(false);
        // Files never change, and those that the copy names are there until the backup ends.
        await Task.Run(() => blobs.CopyTo(Path.Combine(folder, SqliteStore.BlobFolderName), cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private static void CopyDatabase(Database database, string path)
    {
        using var connection = database.OpenConnection(SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $path";
        command.Parameters.AddWithValue("$path", path);
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }
}
