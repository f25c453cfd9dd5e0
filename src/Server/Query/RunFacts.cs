using LangSmith.Server.Domain;

namespace LangSmith.Server.Query;

/// <summary>What a filter may look at.</summary>
/// <param name="Record">The run.</param>
/// <param name="Metadata">The scalars of its metadata as text.</param>
public sealed record RunFacts(RunRecord Record, IReadOnlyDictionary<string, string> Metadata);
