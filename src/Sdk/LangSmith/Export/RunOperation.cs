namespace LangSmith.Export;

/// <summary>What is sent about one run: its creation, its update, or both in one (a creation that also carries the end).</summary>
/// <remarks>Immutable, made on the exporter's thread from what was captured at call time. Payloads are UTF-8 JSON; empty means not given.</remarks>
public sealed class RunOperation
{
    /// <summary>True for a creation (<c>post</c>), false for an update (<c>patch</c>).</summary>
    public required bool IsCreate { get; init; }

    /// <summary>The run's id.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The id of the root run.</summary>
    public required Guid TraceId { get; init; }

    /// <summary>The path in the trace.</summary>
    public required string DottedOrder { get; init; }

    /// <summary>The parent; null for a root.</summary>
    public Guid? ParentRunId { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The run type as the wire has it.</summary>
    public string? RunType { get; init; }

    /// <summary>The start.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>The end; null while the run is going on.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>The error's text; null when there is none.</summary>
    public string? Error { get; init; }

    /// <summary>The project's name; null leaves the choice to the server.</summary>
    public string? ProjectName { get; init; }

    /// <summary>The dataset example that the run answers.</summary>
    public Guid? ReferenceExampleId { get; init; }

    /// <summary>The tags; null when none was given.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>A JSON object.</summary>
    public ReadOnlyMemory<byte> Inputs { get; init; }

    /// <summary>A JSON object.</summary>
    public ReadOnlyMemory<byte> Outputs { get; init; }

    /// <summary>A JSON object with <c>metadata</c> and <c>runtime</c>.</summary>
    public ReadOnlyMemory<byte> Extra { get; init; }

    /// <summary>A JSON array.</summary>
    public ReadOnlyMemory<byte> Events { get; init; }

    /// <summary>Files, sent as parts of their own.</summary>
    public IReadOnlyList<RunAttachment>? Attachments { get; init; }

    /// <summary>The same operation with other contents.</summary>
    internal RunOperation With(
        string? error, IReadOnlyList<string>? tags, ReadOnlyMemory<byte> inputs, ReadOnlyMemory<byte> outputs, ReadOnlyMemory<byte> extra,
        ReadOnlyMemory<byte> events, IReadOnlyList<RunAttachment>? attachments) => new()
        {
            IsCreate = IsCreate,
            RunId = RunId,
            TraceId = TraceId,
            DottedOrder = DottedOrder,
            ParentRunId = ParentRunId,
            Name = Name,
            RunType = RunType,
            StartTime = StartTime,
            EndTime = EndTime,
            Error = error,
            ProjectName = ProjectName,
            ReferenceExampleId = ReferenceExampleId,
            Tags = tags,
            Inputs = inputs,
            Outputs = outputs,
            Extra = extra,
            Events = events,
            Attachments = attachments,
        };

    /// <summary>The same operation under other ids.</summary>
    internal RunOperation Moved(Guid runId, Guid traceId, Guid? parentRunId, string dottedOrder, string projectName) => new()
    {
        IsCreate = IsCreate,
        RunId = runId,
        TraceId = traceId,
        DottedOrder = dottedOrder,
        ParentRunId = parentRunId,
        Name = Name,
        RunType = RunType,
        StartTime = StartTime,
        EndTime = EndTime,
        Error = Error,
        ProjectName = projectName,
        // Examples are of one server.
        Tags = Tags,
        Inputs = Inputs,
        Outputs = Outputs,
        Extra = Extra,
        Events = Events,
        Attachments = Attachments,
    };
}
