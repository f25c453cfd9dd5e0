namespace LangSmith.Server.Domain;

/// <summary>One judgement of a run, a project or a thread; its id is made by the client and is its whole key.</summary>
public sealed record Feedback
{
    public required Guid Id { get; init; }

    public required WorkspaceId Workspace { get; init; }

    public required string Key { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>The run; it may not have arrived yet. Null for feedback on a project or thread.</summary>
    public Guid? RunId { get; init; }

    public Guid? TraceId { get; init; }

    public Guid? ProjectId { get; init; }

    public string? ThreadId { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    /// <summary>A JSON number or boolean as given; empty when none.</summary>
    public ReadOnlyMemory<byte> Score { get; init; }

    /// <summary>Any JSON value as given; empty when none.</summary>
    public ReadOnlyMemory<byte> Value { get; init; }

    public ReadOnlyMemory<byte> Correction { get; init; }

    public string? Comment { get; init; }

    /// <summary>A JSON object that always has a <c>type</c>.</summary>
    public required ReadOnlyMemory<byte> Source { get; init; }

    public ReadOnlyMemory<byte> Config { get; init; }

    public ReadOnlyMemory<byte> Extra { get; init; }

    public Guid? ComparativeExperimentId { get; init; }

    public Guid? FeedbackGroupId { get; init; }

    public bool Error { get; init; }
}
