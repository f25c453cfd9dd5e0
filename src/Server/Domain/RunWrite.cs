namespace LangSmith.Server.Domain;

/// <summary>One write of one run as a client sent it: a run's state is the fold of all its writes.</summary>
/// <remarks>A null or empty property means "not given", never "clear". Payloads are UTF-8 JSON exactly as received.</remarks>
public sealed record RunWrite
{
    public required WorkspaceId Workspace { get; init; }

    public required Guid RunId { get; init; }

    public required RunWriteKind Kind { get; init; }

    /// <summary>Hash of everything given, without the times of receipt: the same run, kind and hash again is the same write.</summary>
    public required UInt128 ContentHash { get; init; }

    /// <summary>When the server had read the write whole.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The client's own name (its User-Agent), at most 200 characters; null when it gave none.</summary>
    public string? Sender { get; init; }

    public Guid? TraceId { get; init; }

    public string? DottedOrder { get; init; }

    public Guid? ParentRunId { get; init; }

    public string? Name { get; init; }

    /// <summary>One of <see cref="Protocol.RunTypes"/>, in lower case.</summary>
    public string? RunType { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    public DateTimeOffset? EndTime { get; init; }

    public string? Error { get; init; }

    public Guid? ProjectId { get; init; }

    public string? ProjectName { get; init; }

    public Guid? ReferenceExampleId { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>A JSON object, or any JSON text that a client could not help sending.</summary>
    public ReadOnlyMemory<byte> Inputs { get; init; }

    public ReadOnlyMemory<byte> Outputs { get; init; }

    /// <summary>A JSON object with <c>metadata</c>, <c>runtime</c> and whatever else; merged key by key.</summary>
    public ReadOnlyMemory<byte> Extra { get; init; }

    /// <summary>A JSON array.</summary>
    public ReadOnlyMemory<byte> Events { get; init; }

    public ReadOnlyMemory<byte> Serialized { get; init; }

    /// <summary>A JSON object of the properties that the server does not know; kept.</summary>
    public ReadOnlyMemory<byte> Unknown { get; init; }

    /// <summary>Files that came with this write, their bytes already in the blob store; united by name over all writes.</summary>
    public IReadOnlyList<RunAttachment>? Attachments { get; init; }
}
