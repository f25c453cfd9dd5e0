namespace LangSmith.Server.Storage.Statistics;

/// <summary>What puts runs into groups; a run without it is in none, a run with several tags in several.</summary>
/// <param name="Attribute">What to look at.</param>
/// <param name="Key">The key of the metadata; null for other attributes.</param>
public sealed record RunGrouping(RunAttribute Attribute, string? Key = null);
