namespace LangSmith.Server.Web.Runs;

/// <summary>The values of a property with how many runs have them.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Field">Its word in the filter bar.</param>
/// <param name="Values">The values, the most frequent first.</param>
/// <param name="IsPartial">Only the newest runs were counted.</param>
public sealed record Facet(string Title, string Field, IReadOnlyList<(string Value, long Runs)> Values, bool IsPartial);
