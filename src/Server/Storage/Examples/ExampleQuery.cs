using LangSmith.Server.Domain;

namespace LangSmith.Server.Storage.Examples;

/// <summary>Which examples to list, in order of creation; a null or empty condition is none.</summary>
public sealed record ExampleQuery
{
    public required WorkspaceId Workspace { get; init; }

    public Guid? DatasetId { get; init; }

    public IReadOnlyCollection<Guid> Ids { get; init; } = [];

    public IReadOnlyCollection<string> Splits { get; init; } = [];

    public IReadOnlyCollection<Guid> SourceRunIds { get; init; } = [];

    /// <summary>Scalars that the metadata must contain, by key.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>The state at this time; null for the latest.</summary>
    public DateTimeOffset? AsOf { get; init; }

    public bool Descending { get; init; }

    public int Offset { get; init; }

    public int Limit { get; init; } = 100;
}
