using LangSmith.Server.Curation.Datasets;
using LangSmith.Server.Domain;
using LangSmith.Server.Web.Datasets;
using LangSmith.Server.Web.Payloads;

namespace LangSmith.Server.Web.Experiments;

/// <summary>Experiments side by side: a row an example, a column an experiment.</summary>
public sealed record ComparisonModel
{
    public required Dataset Dataset { get; init; }

    public required ComparisonAddress Address { get; init; }

    public IReadOnlyList<Column> Columns { get; init; } = [];

    public IReadOnlyList<Row> Rows { get; init; } = [];

    /// <summary>Examples that the filter lets through.</summary>
    public int Total { get; init; }

    /// <summary>Every experiment of the dataset, to choose from.</summary>
    public required IReadOnlyList<Project> Experiments { get; init; }

    /// <summary>Whether there were more runs than the scores were counted over.</summary>
    public bool IsCut { get; init; }

    /// <summary>An experiment with its averages.</summary>
    public sealed record Column(ExperimentRow Experiment, bool IsBaseline, IReadOnlyList<Score> Averages, int Better, int Worse);

    /// <summary>An example with what each experiment made of it; null where it made nothing.</summary>
    public sealed record Row(ExampleRow Example, PayloadModel? Inputs, PayloadModel? Reference, IReadOnlyList<Cell?> Cells);

    /// <summary>The newest run of an example in an experiment.</summary>
    /// <param name="RunId">The run.</param>
    /// <param name="Runs">How many there are.</param>
    /// <param name="Preview">The beginning of the outputs.</param>
    /// <param name="Outputs">The outputs; null in the table.</param>
    /// <param name="Error">Why it failed; null when it did not.</param>
    /// <param name="Latency">How long it took; null while it runs.</param>
    /// <param name="Usage">Tokens and costs.</param>
    /// <param name="Scores">The scores, averaged over the runs.</param>
    public sealed record Cell(
        Guid RunId, int Runs, string Preview, PayloadModel? Outputs, string? Error, TimeSpan? Latency, RunUsage Usage, IReadOnlyList<Score> Scores);
}
