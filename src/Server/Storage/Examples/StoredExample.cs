using LangSmith.Server.Domain;

namespace LangSmith.Server.Storage.Examples;

/// <summary>An example of a dataset as it was from a time on: every change is a new row, so that a dataset can be read as of any time.</summary>
public sealed record StoredExample
{
    public required WorkspaceId Workspace { get; init; }

    public required Guid DatasetId { get; init; }

    public required Guid Id { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When this state began; the version of the dataset that it made.</summary>
    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>The example is gone from this time on.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>The run that it was made from.</summary>
    public Guid? SourceRunId { get; init; }

    /// <summary>The splits that it is in.</summary>
    public IReadOnlyList<string> Splits { get; init; } = [];

    /// <summary>JSON objects; empty when not given.</summary>
    public ReadOnlyMemory<byte> Inputs { get; init; }

    public ReadOnlyMemory<byte> Outputs { get; init; }

    public ReadOnlyMemory<byte> Metadata { get; init; }

    public IReadOnlyList<RunAttachment> Attachments { get; init; } = [];
}
