using LangSmith.Server.Domain;

namespace LangSmith.Server.Storage;

/// <summary>Which feedback to list; a null or empty condition is none.</summary>
public sealed record FeedbackQuery
{
    public required WorkspaceId Workspace { get; init; }

    public IReadOnlyCollection<Guid> RunIds { get; init; } = [];

    public IReadOnlyCollection<Guid> ProjectIds { get; init; } = [];

    public IReadOnlyCollection<string> Keys { get; init; } = [];

    /// <summary>Source types, in lower case.</summary>
    public IReadOnlyCollection<string> SourceTypes { get; init; } = [];

    public bool? HasComment { get; init; }

    public bool? HasScore { get; init; }

    /// <summary>True: only of runs. False: only of projects. Null: both.</summary>
    public bool? OnRuns { get; init; }

    public string? ThreadId { get; init; }

    public Guid? ComparativeExperimentId { get; init; }

    public DateTimeOffset? CreatedFrom { get; init; }

    public DateTimeOffset? CreatedTo { get; init; }

    public int Offset { get; init; }

    public int Limit { get; init; } = 100;
}
