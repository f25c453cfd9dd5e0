using Microsoft.Extensions.Logging;

namespace LangSmith.Export;

/// <summary>What the exporter says: counts, ids, statuses and reasons; never keys or payloads.</summary>
internal static partial class Log
{
    /// <summary>The server did not say what it takes. Bodies go as parts, not compressed, until it does.</summary>
    [LoggerMessage(1100, LogLevel.Debug, "The server's /info could not be read (status {Status}; 0 is no answer). Defaults hold; it is asked again later.")]
    public static partial void InfoFailed(ILogger logger, int status, Exception? exception);

    /// <summary>The server takes long to say what it takes; the first batch did not wait for it.</summary>
    [LoggerMessage(1101, LogLevel.Debug, "The server's /info did not answer within {Milliseconds} ms. Defaults hold until it does.")]
    public static partial void InfoSlow(ILogger logger, double milliseconds);

    /// <summary>More is traced than can be sent. Said once per burst; raise QueueBytesMax or QueueCountMax, or sample.</summary>
    [LoggerMessage(1110, LogLevel.Warning, "The export queue is full ({Reason}): new entries are dropped until there is room.")]
    public static partial void QueueFull(ILogger logger, ExportLossReason reason);

    /// <summary>A burst is over; the number says what it cost.</summary>
    [LoggerMessage(1111, LogLevel.Warning, "The export queue has room again; {Entries} entries were dropped meanwhile.")]
    public static partial void QueueHasRoom(ILogger logger, long entries);

    /// <summary>The server fails or cannot be reached. Said once until it works again.</summary>
    [LoggerMessage(1120, LogLevel.Warning, "Sending to {Endpoint} failed (status {Status}; 0 is no answer); trying again for {RetryFor}.")]
    public static partial void EndpointFailing(ILogger logger, string endpoint, int status, TimeSpan retryFor, Exception? exception);

    /// <summary>The server answers again.</summary>
    [LoggerMessage(1121, LogLevel.Information, "Sending to {Endpoint} works again.")]
    public static partial void EndpointWorks(ILogger logger, string endpoint);

    /// <summary>One attempt failed and another follows.</summary>
    [LoggerMessage(1122, LogLevel.Debug, "Attempt {Attempt} failed with status {Status}; the next is in {Milliseconds} ms.")]
    public static partial void Retrying(ILogger logger, int attempt, int status, double milliseconds);

    /// <summary>The server will not take this run, now or later. The status says why.</summary>
    [LoggerMessage(1130, LogLevel.Warning, "The server refused run {RunId}: status {Status} ({Reason}).")]
    public static partial void Rejected(ILogger logger, Guid runId, int status, ExportLossReason reason);

    /// <summary>The server will not take these entries, now or later. The status says why.</summary>
    [LoggerMessage(1131, LogLevel.Warning, "The server refused {Entries} entries: status {Status} ({Reason}). The first is of run {RunId}.")]
    public static partial void RejectedMany(ILogger logger, int entries, int status, ExportLossReason reason, Guid runId);

    /// <summary>The server did not answer for as long as the options allow. Configure a spill folder to keep such entries.</summary>
    [LoggerMessage(1132, LogLevel.Warning, "{Entries} entries could not be delivered and are lost ({Reason}). The first is of run {RunId}.")]
    public static partial void Dropped(ILogger logger, int entries, ExportLossReason reason, Guid runId);

    /// <summary>Nothing is lost: an earlier attempt had arrived.</summary>
    [LoggerMessage(1133, LogLevel.Information, "The server already had {Entries} entries. The first is of run {RunId}.")]
    public static partial void Duplicate(ILogger logger, int entries, Guid runId);

    /// <summary>The server is an old one; everything works, attachments travel as base64.</summary>
    [LoggerMessage(1140, LogLevel.Information, "{Endpoint} takes no multipart bodies (status {Status}); JSON batches are used from now on.")]
    public static partial void MultipartOff(ILogger logger, string endpoint, int status);

    /// <summary>The server, or something before it, does not read compressed bodies.</summary>
    [LoggerMessage(1141, LogLevel.Information, "{Endpoint} takes no compressed bodies; plain ones are used from now on.")]
    public static partial void CompressionOff(ILogger logger, string endpoint);

    /// <summary>Entries are kept on disk because the server does not answer.</summary>
    [LoggerMessage(1150, LogLevel.Warning, "{Entries} entries wait in {File} for the server to answer again.")]
    public static partial void Spilled(ILogger logger, int entries, string file);

    /// <summary>Entries are lost because they could not be kept on disk either.</summary>
    [LoggerMessage(1151, LogLevel.Warning, "The spill folder cannot take more: {Why}.")]
    public static partial void SpillFailed(ILogger logger, string why, Exception? exception);

    /// <summary>Entries from disk are sent because the server answers again.</summary>
    [LoggerMessage(1152, LogLevel.Information, "Sending {Entries} entries again from {File}.")]
    public static partial void Replaying(ILogger logger, int entries, string file);

    /// <summary>A file in the spill folder is not readable or not this library's; look at it and delete it.</summary>
    [LoggerMessage(1153, LogLevel.Warning, "The spill file {File} cannot be read and is left alone.")]
    public static partial void SpillUnreadable(ILogger logger, string file, Exception? exception);

    /// <summary>A defect of this library; please report it.</summary>
    [LoggerMessage(1160, LogLevel.Error, "The exporter failed unexpectedly; this is a defect of the library. Entries of one batch were dropped.")]
    public static partial void Defect(ILogger logger, Exception exception);
}
