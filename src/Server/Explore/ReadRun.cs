using LangSmith.Server.Domain;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Explore;

/// <summary>A run with what others say about it.</summary>
/// <param name="Record">The run.</param>
/// <param name="Usage">Tokens and costs of the run and everything below it.</param>
/// <param name="Feedback">Its feedback by key; null when there is none, or it was not asked for.</param>
public sealed record ReadRun(RunRecord Record, RunUsage Usage, IReadOnlyList<FeedbackSummary>? Feedback)
{
    /// <summary>The earliest first token of the run and everything below it; null when nothing was streamed.</summary>
    public DateTimeOffset? FirstTokenTime { get; init; } = Record.FirstTokenTime;

    /// <summary>Where it stands in its trace; null when it was not asked for, or the trace is too big.</summary>
    public TraceMembers? Members { get; init; }

    /// <summary>Whether an example was made of it; null when it was not asked for.</summary>
    public bool? InDataset { get; init; }

    /// <summary>The dataset of the example that it ran for; null when there is none, or it was not asked for.</summary>
    public Guid? ReferenceDatasetId { get; init; }
}
