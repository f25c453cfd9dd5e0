namespace LangSmith.Server.Storage;

/// <summary>A data folder cannot be opened as it is; the message says why, and what to do.</summary>
public sealed class StoreOpenException(string message, Exception? cause = null) : Exception(message, cause);
