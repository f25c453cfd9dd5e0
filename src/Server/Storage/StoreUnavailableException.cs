namespace LangSmith.Server.Storage;

/// <summary>The disk takes nothing now: it is full, read-only or failing. Nothing of the request was stored; the client should try again later.</summary>
public sealed class StoreUnavailableException(string message, Exception cause) : Exception(message, cause);
