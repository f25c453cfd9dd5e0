namespace LangSmith.Server;

/// <summary>A server cannot start with its options; the message says what to change.</summary>
public sealed class ServerStartException(string message, Exception? cause = null) : Exception(message, cause);
