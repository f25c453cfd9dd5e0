using Microsoft.Extensions.Logging;

namespace LangSmith.AspNetCore;

/// <summary>What the application's integration says.</summary>
internal static partial class Log
{
    /// <summary>Tracing is on; where runs go.</summary>
    [LoggerMessage(1301, LogLevel.Information, "Traces go to {Endpoint}, project {Project}.")]
    public static partial void TracingOn(ILogger logger, Uri endpoint, string project);

    /// <summary>Tracing is off. Nothing is recorded until it is switched on by configuration, code or environment.</summary>
    [LoggerMessage(1302, LogLevel.Information, "Tracing is off; LangSmith:TracingEnabled, or LANGSMITH_TRACING in the environment, switches it on.")]
    public static partial void TracingOff(ILogger logger);

    /// <summary>The host stopped before everything was sent; raise Export.ShutdownTimeout and the host's own timeout, or look at the server.</summary>
    [LoggerMessage(1303, LogLevel.Warning, "{Pending} entries were not sent before the shutdown's time was over.")]
    public static partial void NotAllSent(ILogger logger, long pending);
}
