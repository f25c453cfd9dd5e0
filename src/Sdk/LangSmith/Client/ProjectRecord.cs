using System.Text.Json;

namespace LangSmith;

/// <summary>A project ("session" on the wire) as a server has it.</summary>
public sealed record ProjectRecord
{
    /// <summary>The id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name, unique in the workspace.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>When it ended, for experiments.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>The workspace.</summary>
    public Guid? TenantId { get; init; }

    /// <summary>The dataset of an experiment.</summary>
    public Guid? ReferenceDatasetId { get; init; }

    /// <summary>Metadata and the rest.</summary>
    public JsonElement? Extra { get; init; }

    /// <summary>How many runs it has, when the server counts them.</summary>
    public long? RunCount { get; init; }
}
