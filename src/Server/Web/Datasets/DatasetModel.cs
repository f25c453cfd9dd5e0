using LangSmith.Server.Curation.Datasets;

namespace LangSmith.Server.Web.Datasets;

/// <summary>A dataset as its page shows it; the lists of tabs that are not open are empty.</summary>
public sealed record DatasetModel
{
    public required Dataset Dataset { get; init; }

    public required DatasetAddress Address { get; init; }

    /// <summary>Examples that match the split and version.</summary>
    public required int Total { get; init; }

    public IReadOnlyList<ExampleRow> Examples { get; init; } = [];

    public IReadOnlyList<string> Splits { get; init; } = [];

    public required int ExperimentCount { get; init; }

    public IReadOnlyList<ExperimentRow> Experiments { get; init; } = [];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<VersionRow> Versions { get; init; } = [];

    public required Uri Origin { get; init; }

    /// <summary>Why the last form was not taken; null when it was.</summary>
    public string? Problem { get; init; }
}
