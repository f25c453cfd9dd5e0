namespace LangSmith.Server.Ingest;

/// <summary>A body that cannot be read at all, so that nothing of it could be stored. The message is for the client.</summary>
public sealed class MalformedBodyException(string message, Exception? cause = null) : Exception(message, cause);
