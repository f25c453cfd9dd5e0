using System.Text.Json;

namespace LangSmith;

/// <summary>A dataset as a server has it.</summary>
public sealed record DatasetRecord
{
    /// <summary>The id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name, unique in the workspace.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary><c>kv</c>, <c>llm</c> or <c>chat</c>.</summary>
    public string? DataType { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>How many examples it has.</summary>
    public long? ExampleCount { get; init; }

    /// <summary>How many experiments ran over it.</summary>
    public long? SessionCount { get; init; }

    /// <summary>The metadata.</summary>
    public JsonElement? Metadata { get; init; }
}
