using LangSmith.Server.Domain;
using LangSmith.Server.Explore.Statistics;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Web.Runs;

/// <summary>A table of runs with what stands around it.</summary>
public sealed record RunsModel
{
    public required RunsAddress Address { get; init; }

    /// <summary>Null for all projects.</summary>
    public Project? Project { get; init; }

    public required FilterBar Bar { get; init; }

    public required RunRowsModel Rows { get; init; }

    /// <summary>Whether no run was ever sent, at any time and whatever the filter.</summary>
    public bool IsNew { get; init; }

    public required ReadFigures Figures { get; init; }

    public required IReadOnlyList<RunFigures> Histogram { get; init; }

    public required TimeSpan Bucket { get; init; }

    public required IReadOnlyList<Facet> Facets { get; init; }

    /// <summary>The run that is peeked at; null for none.</summary>
    public Guid? Peek { get; init; }

    public required Uri Origin { get; init; }
}
