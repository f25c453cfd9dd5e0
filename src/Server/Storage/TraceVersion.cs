namespace LangSmith.Server.Storage;

/// <summary>The state of a trace: as long as it is the same, so are its runs.</summary>
/// <param name="Runs">How many runs it has; 0 when there is no such trace.</param>
/// <param name="Open">How many of them have not ended.</param>
/// <param name="LastReceivedAt">When the last write came; null when there is no such trace.</param>
public readonly record struct TraceVersion(int Runs, int Open, DateTimeOffset? LastReceivedAt);
