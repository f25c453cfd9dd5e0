namespace LangSmith.Server.Storage.Statistics;

/// <summary>What to count around a table of runs.</summary>
public sealed record RunOverviewQuery
{
    /// <summary>Which runs, and the length of the buckets of time; its grouping is ignored.</summary>
    public required RunStatisticsQuery Runs { get; init; }

    /// <summary>What to count the values of.</summary>
    public IReadOnlyList<RunGrouping> Facets { get; init; } = [];

    /// <summary>Values of a facet at most: those of the most runs.</summary>
    public int ValuesMax { get; init; } = 10;

    /// <summary>Where runs must be read to answer, the newest so many are.</summary>
    public int RunsMax { get; init; } = 10_000;

    /// <summary>
    /// How long they are read at most, for somebody waits and a disk may be slow: then those that were read by then are answered for, 500 at
    /// least.
    /// </summary>
    public TimeSpan ReadingMax { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many of the newest runs to name.</summary>
    public int NewestMax { get; init; }
}
