using Microsoft.Extensions.Logging;

namespace LangSmith.Server.Ingest;

/// <summary>What ingestion tells the operator; ids 2000 to 2999. Never a payload, a name or a key.</summary>
internal static partial class Log
{
    /// <summary>A client sent things that cannot be stored; its answer names each with a remedy. The rest of the body is stored.</summary>
    [LoggerMessage(2001, LogLevel.Warning, "{Refused} runs, parts or feedback of a body were refused; {Stored} runs were stored")]
    public static partial void RunsRefused(ILogger logger, int refused, int stored);
}
