using LangSmith.Server.Domain;

namespace LangSmith.Server.Storage;

/// <summary>Which projects to list; a null or empty condition is none.</summary>
public sealed record ProjectQuery
{
    public required WorkspaceId Workspace { get; init; }

    public IReadOnlyCollection<Guid> Ids { get; init; } = [];

    public string? Name { get; init; }

    public string? NameContains { get; init; }

    /// <summary>True: only projects without a reference dataset (plain tracing). False: only experiments. Null: both.</summary>
    public bool? ReferenceFree { get; init; }

    public IReadOnlyCollection<Guid> ReferenceDatasetIds { get; init; } = [];

    public int Offset { get; init; }

    public int Limit { get; init; } = 100;
}
