using Microsoft.Extensions.Logging;

namespace LangSmith.Server.Storage.Sqlite;

internal static partial class Log
{
    /// <summary>Nothing of what waited was stored, and its senders were told so.</summary>
    [LoggerMessage(3001, LogLevel.Error, "A commit of {Jobs} writes failed; none of them is stored.")]
    public static partial void CommitFailed(ILogger logger, Exception exception, int jobs);

    /// <summary>The write-ahead log could not be folded into the database; the next commit tries again. Long reads may be in the way.</summary>
    [LoggerMessage(3002, LogLevel.Warning, "A checkpoint failed.")]
    public static partial void CheckpointFailed(ILogger logger, Exception exception);

    /// <summary>Expired or deleted things were not removed; the next round tries again. They are hidden all the same.</summary>
    [LoggerMessage(3003, LogLevel.Warning, "A round of housekeeping failed.")]
    public static partial void HousekeepingFailed(ILogger logger, Exception exception);

    /// <summary>The search index fell behind; the next write tries again. Searches find everything up to the time that they tell.</summary>
    [LoggerMessage(3004, LogLevel.Warning, "Indexing for search failed.")]
    public static partial void IndexingFailed(ILogger logger, Exception exception);

    /// <summary>The disk is full, read-only or failing, or another process holds the database. Nothing of what waited was stored, and its senders
    /// were told so; the next commit tries again.</summary>
    [LoggerMessage(3005, LogLevel.Error, "A commit of {Jobs} writes was refused by the disk; none of them is stored. {Reason}")]
    public static partial void CommitRefused(ILogger logger, int jobs, string reason);
}
