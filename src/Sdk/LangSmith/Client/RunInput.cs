namespace LangSmith;

/// <summary>A run to be created or changed by hand. What is null is not given.</summary>
public sealed record RunInput
{
    /// <summary>The id; null for a fresh one.</summary>
    [RunId]
    public Guid? Id { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The run type.</summary>
    public string? RunType { get; init; }

    /// <summary>When it began; null for now when it is created.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>The root; null for the run itself.</summary>
    public Guid? TraceId { get; init; }

    /// <summary>The run above.</summary>
    public Guid? ParentRunId { get; init; }

    /// <summary>The path in the trace.</summary>
    public string? DottedOrder { get; init; }

    /// <summary>What went in.</summary>
    public object? Inputs { get; init; }

    /// <summary>What came out.</summary>
    public object? Outputs { get; init; }

    /// <summary>What went wrong.</summary>
    public string? Error { get; init; }

    /// <summary>The tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The metadata.</summary>
    public IReadOnlyDictionary<string, object?>? Metadata { get; init; }

    /// <summary>The project.</summary>
    public string? ProjectName { get; init; }

    /// <summary>The dataset example that it answers.</summary>
    public Guid? ReferenceExampleId { get; init; }
}
