using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Web.Runs;

/// <summary>The values of a property with how many runs have them.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Field">Its word in the filter bar.</param>
/// <param name="Groups">The values, the most frequent first.</param>
public sealed record Facet(string Title, string Field, IReadOnlyList<RunFigures> Groups);
