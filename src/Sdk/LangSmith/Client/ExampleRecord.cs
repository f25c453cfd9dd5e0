using System.Text.Json;

namespace LangSmith;

/// <summary>An example of a dataset as a server has it.</summary>
public sealed record ExampleRecord
{
    /// <summary>The id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its dataset.</summary>
    public Guid DatasetId { get; init; }

    /// <summary>What goes in.</summary>
    public JsonElement? Inputs { get; init; }

    /// <summary>What should come out; null when nothing was said.</summary>
    public JsonElement? Outputs { get; init; }

    /// <summary>The metadata; its <c>dataset_split</c> names the splits.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>The run that it was made from.</summary>
    public Guid? SourceRunId { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>Its files, map of <c>attachment.NAME</c> -> where it is; null when it has none.</summary>
    public IReadOnlyDictionary<string, ExampleAttachment>? AttachmentUrls { get; init; }
}
