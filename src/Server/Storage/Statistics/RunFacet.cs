namespace LangSmith.Server.Storage.Statistics;

/// <summary>The values of an attribute with how many runs have them.</summary>
/// <param name="Grouping">The attribute.</param>
/// <param name="Values">The values, those of the most runs first.</param>
/// <param name="IsPartial">Only the newest runs were counted.</param>
public sealed record RunFacet(RunGrouping Grouping, IReadOnlyList<(string Value, long Runs)> Values, bool IsPartial);
