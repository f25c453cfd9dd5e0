namespace LangSmith.Tracing;

/// <summary>What most runs do not have. Guarded by the run's lock.</summary>
internal sealed class RunDetails
{
    public List<string>? Tags { get; set; }

    public OrderedMetadata? Metadata { get; set; }

    public List<RunEvent>? Events { get; set; }

    public List<RunAttachment>? Attachments { get; set; }

    public string? Error { get; set; }

    /// <summary>The run type, when it is none that the wire knows.</summary>
    public string? RunType { get; set; }

    public Guid? ReferenceExampleId { get; set; }

    public Action<RunTree>? OnEnd { get; set; }

    /// <summary>What was given as the run's id and not taken.</summary>
    public string? RefusedId { get; set; }

    /// <summary>The trace's id, of a run of another process; of others their root has it.</summary>
    public Guid? TraceId { get; set; }
}
