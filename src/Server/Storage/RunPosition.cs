namespace LangSmith.Server.Storage;

/// <summary>A place in the order of runs; stays meaningful when runs are added.</summary>
public readonly record struct RunPosition(DateTimeOffset StartTime, Guid RunId);
