namespace LangSmith.Server.Ingest;

/// <summary>A body goes beyond a limit, which the message names.</summary>
public sealed class BodyLimitException(string message) : Exception(message);
