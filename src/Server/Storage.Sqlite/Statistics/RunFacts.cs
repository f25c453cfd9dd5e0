using LangSmith.Server.Domain;

namespace LangSmith.Server.Storage.Sqlite.Statistics;

/// <summary>What one run adds to figures; times in ticks.</summary>
internal readonly record struct RunFacts(long Start, long? End, RunStatus Status, long? FirstToken, UsageFacts Usage);
