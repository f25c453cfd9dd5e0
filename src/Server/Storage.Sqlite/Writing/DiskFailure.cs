using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LangSmith.Server.Storage.Sqlite.Writing;

/// <summary>Tells what a disk does to writes from what is wrong with a write.</summary>
internal static class DiskFailure
{
    private const string Remedy = "Nothing of the request is stored. The server goes on by itself once it can write; its log says more.";

    /// <summary>Whether a change failed for no fault of its own.</summary>
    public static bool Is(Exception exception) => exception is SqliteException
    {
        SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_BUSY,
    };

    /// <summary>The failure as callers of the store know it; any other exception as it is.</summary>
    public static Exception Of(SqliteException exception) => !Is(exception) ? exception : new StoreUnavailableException(
        exception.SqliteErrorCode == raw.SQLITE_FULL ? $"The disk of the server is full. {Remedy}" : $"The server cannot write to its data folder. {Remedy}",
        exception);

    /// <summary>The failure of a file among the blobs.</summary>
    public static StoreUnavailableException OfBlobs(Exception exception) => new($"The server cannot write to its folder of blobs. {Remedy}", exception);
}
