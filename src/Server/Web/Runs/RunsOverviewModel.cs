using LangSmith.Server.Explore.Statistics;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Web.Runs;

/// <summary>What stands around a table of runs: figures, a histogram, how many runs have which values.</summary>
public sealed record RunsOverviewModel
{
    public required RunsAddress Address { get; init; }

    public required FilterBar Bar { get; init; }

    public required ReadOverview Read { get; init; }

    /// <summary>Equal pieces of time, also those in which nothing happened.</summary>
    public required IReadOnlyList<RunFigures> Histogram { get; init; }

    public required TimeSpan Bucket { get; init; }

    public required IReadOnlyList<Facet> Facets { get; init; }
}
