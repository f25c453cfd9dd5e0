using LangSmith.Server.Domain;

namespace LangSmith.Server.Query.Evaluation;

/// <summary>Everything of a run that a filter can ask for.</summary>
public sealed record RunSubject
{
    /// <summary>The run with its inputs, outputs and <c>extra</c>.</summary>
    public required RunRecord Run { get; init; }

    /// <summary>Whether the run stands as a root: it is one, or nobody knows its parent.</summary>
    public required bool IsRoot { get; init; }

    /// <summary>What it used with everything below it; null when that is what the run itself used.</summary>
    public RunUsage? Usage { get; init; }

    public string? Model { get; init; }

    /// <summary>The values of the metadata as text, as <see cref="Domain.Folding.FoldedRun.Metadata"/> has them.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<FeedbackEntry> Feedback { get; init; } = [];

    /// <summary>The dataset of the run's project, when it is an experiment.</summary>
    public Guid? ReferenceDatasetId { get; init; }

    /// <summary>How many runs name this one as their parent.</summary>
    public int ChildRuns { get; init; }
}
