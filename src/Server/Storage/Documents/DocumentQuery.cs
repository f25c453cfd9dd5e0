using LangSmith.Server.Domain;

namespace LangSmith.Server.Storage.Documents;

/// <summary>Which documents to list; a null or empty condition is none.</summary>
public sealed record DocumentQuery
{
    public required WorkspaceId Workspace { get; init; }

    public required string Kind { get; init; }

    public Guid? ParentId { get; init; }

    public IReadOnlyCollection<Guid> Ids { get; init; } = [];

    public IReadOnlyCollection<string> Names { get; init; } = [];

    /// <summary>A text that the name contains, whatever its case.</summary>
    public string? NameContains { get; init; }

    /// <summary>Oldest first instead of newest first, by creation.</summary>
    public bool Ascending { get; init; }

    public int Offset { get; init; }

    public int Limit { get; init; } = 100;
}
