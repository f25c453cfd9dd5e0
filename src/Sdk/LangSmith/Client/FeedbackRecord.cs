using System.Text.Json;
using System.Text.Json.Serialization;

namespace LangSmith;

/// <summary>Feedback as a server has it.</summary>
public sealed record FeedbackRecord
{
    /// <summary>The id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The run; null for feedback on a project.</summary>
    public Guid? RunId { get; init; }

    /// <summary>The run's trace.</summary>
    public Guid? TraceId { get; init; }

    /// <summary>The project, for feedback on a project.</summary>
    [JsonPropertyName("session_id")]
    public Guid? ProjectId { get; init; }

    /// <summary>What is judged.</summary>
    public string Key { get; init; } = "";

    /// <summary>A number or a truth value.</summary>
    public JsonElement? Score { get; init; }

    /// <summary>A value of another kind.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>A text.</summary>
    public string? Comment { get; init; }

    /// <summary>What would have been right.</summary>
    public JsonElement? Correction { get; init; }

    /// <summary>Where it came from.</summary>
    public JsonElement? FeedbackSource { get; init; }

    /// <summary>When it was given.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset ModifiedAt { get; init; }
}
