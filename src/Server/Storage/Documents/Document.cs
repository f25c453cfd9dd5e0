using LangSmith.Server.Domain;

namespace LangSmith.Server.Storage.Documents;

/// <summary>One small thing that is not a run: a queue, a prompt, a token, a price row, ...</summary>
public sealed record Document
{
    public required WorkspaceId Workspace { get; init; }

    /// <summary>What it is, such as <c>annotation_queue</c>; each feature names its own kinds.</summary>
    public required string Kind { get; init; }

    /// <summary>Unique in the workspace and kind.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it belongs to; it is deleted with it. Null for things that stand alone.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>Unique among documents of its workspace, kind and parent, compared by case; null when it has none.</summary>
    public string? Name { get; init; }

    /// <summary>A JSON object.</summary>
    public required ReadOnlyMemory<byte> Json { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>When it is gone by itself; null for never. An expired document is in no answer.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Grows with every update, from 1; zero in what is to be created.</summary>
    public long Version { get; init; }
}
