namespace LangSmith.Server.Domain;

/// <summary>A run as it reads now: the fold of its writes, with what the server derives.</summary>
public sealed record RunRecord
{
    public required Guid Id { get; init; }

    public required WorkspaceId Workspace { get; init; }

    public required Guid TraceId { get; init; }

    public required Guid ProjectId { get; init; }

    /// <summary>Null for a root, also for a run whose parent is unknown.</summary>
    public Guid? ParentRunId { get; init; }

    /// <summary>Empty when no write gave one.</summary>
    public required string DottedOrder { get; init; }

    public required string Name { get; init; }

    public required string RunType { get; init; }

    public required DateTimeOffset StartTime { get; init; }

    public DateTimeOffset? EndTime { get; init; }

    public required RunStatus Status { get; init; }

    public string? Error { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public Guid? ReferenceExampleId { get; init; }

    public string? ThreadId { get; init; }

    /// <summary>The model that was called; null when no write named one.</summary>
    public string? Model { get; init; }

    public DateTimeOffset? FirstTokenTime { get; init; }

    public string InputsPreview { get; init; } = "";

    public string OutputsPreview { get; init; } = "";

    /// <summary>Own tokens and costs, without those of runs below.</summary>
    public RunUsage Usage { get; init; } = RunUsage.None;

    public required DateTimeOffset FirstReceivedAt { get; init; }

    public required DateTimeOffset LastReceivedAt { get; init; }

    /// <summary>How many attempts the run has had: starts under one id.</summary>
    public int Attempts { get; init; } = 1;

    public IReadOnlyList<RunAttachment> Attachments { get; init; } = [];

    /// <summary>Payloads; empty when not given or not asked for (<see cref="RunPayload"/>).</summary>
    public ReadOnlyMemory<byte> Inputs { get; init; }

    public ReadOnlyMemory<byte> Outputs { get; init; }

    public ReadOnlyMemory<byte> Extra { get; init; }

    public ReadOnlyMemory<byte> Events { get; init; }

    public ReadOnlyMemory<byte> Serialized { get; init; }

    public bool IsRoot => ParentRunId is null;
}
