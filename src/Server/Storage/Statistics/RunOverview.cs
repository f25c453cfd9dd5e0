namespace LangSmith.Server.Storage.Statistics;

/// <summary>What stands around a table of runs.</summary>
/// <param name="Figures">The figures of all, or of the newest.</param>
/// <param name="Buckets">The same over time; empty when no buckets were asked for.</param>
/// <param name="IsPartial">Figures and buckets are those of the newest runs only.</param>
/// <param name="Facets">Values with how many runs have them, in the order of the question.</param>
/// <param name="Newest">The ids of the newest runs.</param>
public sealed record RunOverview(
    RunFigures Figures, IReadOnlyList<RunFigures> Buckets, bool IsPartial, IReadOnlyList<RunFacet> Facets, IReadOnlyList<Guid> Newest);
