namespace LangSmith.Server.Api;

/// <summary>What the API tells the operator; ids 5000 to 5999. Never a payload or a key.</summary>
internal static partial class Log
{
    /// <summary>A request failed for a reason inside the server; the client saw the same request id. Report it with this line.</summary>
    [LoggerMessage(5001, LogLevel.Error, "Request {RequestId} failed")]
    public static partial void RequestFailed(ILogger logger, string requestId, Exception exception);
}
