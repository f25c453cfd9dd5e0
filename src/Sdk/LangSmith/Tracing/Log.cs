using Microsoft.Extensions.Logging;

namespace LangSmith.Tracing;

/// <summary>What tracing says.</summary>
internal static partial class Log
{
    /// <summary>A run id is a UUID of another version than 7. It is taken; a future version will refuse it. Said once per process.</summary>
    [LoggerMessage(1001, LogLevel.Warning,
        "Run id {RunId} is a UUID of version {Version}, not 7: it does not keep a trace in order, and a future version will refuse it. "
        + "Make ids with Uuid7.NewGuid().")]
    public static partial void NotVersion7(ILogger logger, Guid runId, int version);

    /// <summary>A run id was not taken, for the reason given; the run is recorded under a fresh one and has the given one in its metadata.</summary>
    [LoggerMessage(1002, LogLevel.Warning, "Run id '{Given}' was not taken: {Reason}. The run is recorded as {RunId}.")]
    public static partial void IdRefused(ILogger logger, string given, Guid runId, string reason);

    /// <summary>Two runs are going on under one id; on the server they will be two attempts of one run. Said each time.</summary>
    [LoggerMessage(1003, LogLevel.Warning, "Run id {RunId} was given to a run while another run under it is going on; they become one run.")]
    public static partial void Collision(ILogger logger, Guid runId);

    /// <summary>The time in a run id is more than a day from the run's start, so the id does not sort where the run is. Said once per process.</summary>
    [LoggerMessage(1004, LogLevel.Information, "Run id {RunId} says {IdTime:O}, but its run began {StartTime:O}.")]
    public static partial void SkewedId(ILogger logger, Guid runId, DateTimeOffset idTime, DateTimeOffset startTime);

    /// <summary>A callback of the application threw; the run is not affected.</summary>
    [LoggerMessage(1010, LogLevel.Warning, "A callback of run {RunId} failed.")]
    public static partial void CallbackFailed(ILogger logger, Exception exception, Guid runId);

    /// <summary>A header that another process sent cannot be read; the trace begins here instead.</summary>
    [LoggerMessage(1011, LogLevel.Warning, "The header {Header} is malformed and ignored.")]
    public static partial void MalformedHeader(ILogger logger, string header);

    /// <summary>An attachment was left out, for the reason given.</summary>
    [LoggerMessage(1012, LogLevel.Warning, "An attachment of run {RunId} was left out: {Reason}.")]
    public static partial void AttachmentLeftOut(ILogger logger, Guid runId, string reason);

    /// <summary>Something was given to a run that had ended; it is sent all the same.</summary>
    [LoggerMessage(1013, LogLevel.Debug, "Run {RunId} ended twice; the first end stands.")]
    public static partial void EndedTwice(ILogger logger, Guid runId);
}
