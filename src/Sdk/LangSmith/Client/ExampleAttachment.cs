using System.Text.Json.Serialization;

namespace LangSmith;

/// <summary>Where a file of an example is.</summary>
public sealed record ExampleAttachment
{
    /// <summary>The address, which needs no key and works for a while.</summary>
    [JsonPropertyName("presigned_url")]
    public string? Url { get; init; }

    /// <summary>The media type.</summary>
    public string? MimeType { get; init; }
}
