using Microsoft.Extensions.Logging;

namespace LangSmith.Export;

/// <summary>What the exporter says: counts, ids, statuses and reasons; never keys or payloads.</summary>
internal static partial class Log
{
    [LoggerMessage(1100, LogLevel.Debug, "The server's /info could not be read (status {Status}; 0 is no answer). Defaults hold; it is asked again later.")]
    public static partial void InfoFailed(ILogger logger, int status, Exception? exception);

    [LoggerMessage(1101, LogLevel.Debug, "The server's /info did not answer within {Milliseconds} ms. Defaults hold until it does.")]
    public static partial void InfoSlow(ILogger logger, double milliseconds);

    [LoggerMessage(1110, LogLevel.Warning, "The export queue is full ({Reason}): new entries are dropped until there is room.")]
    public static partial void QueueFull(ILogger logger, ExportLossReason reason);

    [LoggerMessage(1111, LogLevel.Warning, "The export queue has room again; {Entries} entries were dropped meanwhile.")]
    public static partial void QueueHasRoom(ILogger logger, long entries);

    [LoggerMessage(1120, LogLevel.Warning, "Sending to {Endpoint} failed (status {Status}; 0 is no answer); trying again for {RetryFor}.")]
    public static partial void EndpointFailing(ILogger logger, string endpoint, int status, TimeSpan retryFor, Exception? exception);

    [LoggerMessage(1121, LogLevel.Information, "Sending to {Endpoint} works again.")]
    public static partial void EndpointWorks(ILogger logger, string endpoint);

    [LoggerMessage(1122, LogLevel.Debug, "Attempt {Attempt} failed with status {Status}; the next is in {Milliseconds} ms.")]
    public static partial void Retrying(ILogger logger, int attempt, int status, double milliseconds);

    [LoggerMessage(1130, LogLevel.Warning, "The server refused run {RunId}: status {Status} ({Reason}).")]
    public static partial void Rejected(ILogger logger, Guid runId, int status, ExportLossReason reason);

    [LoggerMessage(1131, LogLevel.Warning, "The server refused {Entries} entries: status {Status} ({Reason}). The first is of run {RunId}.")]
    public static partial void RejectedMany(ILogger logger, int entries, int status, ExportLossReason reason, Guid runId);

    [LoggerMessage(1132, LogLevel.Warning, "{Entries} entries could not be delivered and are lost ({Reason}). The first is of run {RunId}.")]
    public static partial void Dropped(ILogger logger, int entries, ExportLossReason reason, Guid runId);

    [LoggerMessage(1133, LogLevel.Information, "The server already had {Entries} entries. The first is of run {RunId}.")]
    public static partial void Duplicate(ILogger logger, int entries, Guid runId);

    [LoggerMessage(1140, LogLevel.Information, "{Endpoint} takes no multipart bodies (status {Status}); JSON batches are used from now on.")]
    public static partial void MultipartOff(ILogger logger, string endpoint, int status);

    [LoggerMessage(1141, LogLevel.Information, "{Endpoint} takes no compressed bodies; plain ones are used from now on.")]
    public static partial void CompressionOff(ILogger logger, string endpoint);

    [LoggerMessage(1150, LogLevel.Warning, "{Entries} entries wait in {File} for the server to answer again.")]
    public static partial void Spilled(ILogger logger, int entries, string file);

    [LoggerMessage(1151, LogLevel.Warning, "The spill folder cannot take more: {Why}.")]
    public static partial void SpillFailed(ILogger logger, string why, Exception? exception);

    [LoggerMessage(1152, LogLevel.Information, "Sending {Entries} entries again from {File}.")]
    public static partial void Replaying(ILogger logger, int entries, string file);

    [LoggerMessage(1153, LogLevel.Warning, "The spill file {File} cannot be read and is left alone.")]
    public static partial void SpillUnreadable(ILogger logger, string file, Exception? exception);

    [LoggerMessage(1160, LogLevel.Error, "The exporter failed unexpectedly; this is a defect of the library. Entries of one batch were dropped.")]
    public static partial void Defect(ILogger logger, Exception exception);
}
