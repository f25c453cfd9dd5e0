namespace LangSmith.Server.Domain;

/// <summary>A project ("session" on the wire): the place that runs go to.</summary>
public sealed record Project
{
    public required Guid Id { get; init; }

    public required WorkspaceId Workspace { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset StartTime { get; init; }

    public DateTimeOffset? EndTime { get; init; }

    public string? Description { get; init; }

    /// <summary>A JSON object; empty when none was given.</summary>
    public ReadOnlyMemory<byte> Extra { get; init; }

    public Guid? ReferenceDatasetId { get; init; }

    public Guid? DefaultDatasetId { get; init; }

    /// <summary>Its retention tier, one of <see cref="TraceTiers"/>; null for the workspace's default.</summary>
    public string? TraceTier { get; init; }

    /// <summary>How long its runs are kept after their start; null for the rule of its tier.</summary>
    public TimeSpan? Retention { get; init; }
}
