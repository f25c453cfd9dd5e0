namespace LangSmith;

/// <summary>Which runs to list; what is null is no condition.</summary>
public sealed record RunQuery
{
    /// <summary>These runs; all other conditions are ignored then.</summary>
    public IReadOnlyList<Guid>? Ids { get; init; }

    /// <summary>The project's name.</summary>
    public string? ProjectName { get; init; }

    /// <summary>The projects' ids.</summary>
    public IReadOnlyList<Guid>? ProjectIds { get; init; }

    /// <summary>Runs of this trace.</summary>
    public Guid? TraceId { get; init; }

    /// <summary>Runs right below this one.</summary>
    public Guid? ParentRunId { get; init; }

    /// <summary>Only roots, or only others.</summary>
    public bool? IsRoot { get; init; }

    /// <summary>Only those with an error, or only those without.</summary>
    public bool? HasError { get; init; }

    /// <summary>The run type.</summary>
    public string? RunType { get; init; }

    /// <summary>Runs that answer one of these examples.</summary>
    public IReadOnlyList<Guid>? ReferenceExampleIds { get; init; }

    /// <summary>Runs that began at this time or later.</summary>
    public DateTimeOffset? StartedFrom { get; init; }

    /// <summary>Runs that began before this time.</summary>
    public DateTimeOffset? StartedBefore { get; init; }

    /// <summary>A condition in LangSmith's filter language, such as <c>and(eq(run_type, "llm"), gt(latency, "5s"))</c>.</summary>
    public string? Filter { get; init; }

    /// <summary>What the root of a run's trace must satisfy.</summary>
    public string? TraceFilter { get; init; }

    /// <summary>What some run of a run's trace must satisfy.</summary>
    public string? TreeFilter { get; init; }

    /// <summary>The fields to read, as the wire names them; null for all.</summary>
    public IReadOnlyList<string>? Select { get; init; }

    /// <summary>Oldest first instead of newest first.</summary>
    public bool Ascending { get; init; }

    /// <summary>Runs at most; null for all.</summary>
    public int? Limit { get; init; }
}
