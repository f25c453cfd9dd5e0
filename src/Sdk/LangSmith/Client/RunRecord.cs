using System.Text.Json;
using System.Text.Json.Serialization;

namespace LangSmith;

/// <summary>A run as a server has it. What was not selected, or not given, is null.</summary>
public sealed record RunRecord
{
    /// <summary>The id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The id of the root run.</summary>
    public Guid TraceId { get; init; }

    /// <summary>The run above; null for a root.</summary>
    public Guid? ParentRunId { get; init; }

    /// <summary>The runs above, root first.</summary>
    public IReadOnlyList<Guid>? ParentRunIds { get; init; }

    /// <summary>The name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The run type.</summary>
    public string RunType { get; init; } = "";

    /// <summary><c>pending</c>, <c>success</c> or <c>error</c>.</summary>
    public string? Status { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset StartTime { get; init; }

    /// <summary>When it ended; null while it goes on.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>When the first token came.</summary>
    public DateTimeOffset? FirstTokenTime { get; init; }

    /// <summary>The path in the trace.</summary>
    public string? DottedOrder { get; init; }

    /// <summary>What went wrong.</summary>
    public string? Error { get; init; }

    /// <summary>What went in.</summary>
    public JsonElement? Inputs { get; init; }

    /// <summary>What came out.</summary>
    public JsonElement? Outputs { get; init; }

    /// <summary>Metadata, runtime and the rest.</summary>
    public JsonElement? Extra { get; init; }

    /// <summary>What happened during the run.</summary>
    public JsonElement? Events { get; init; }

    /// <summary>The tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The project's id.</summary>
    [JsonPropertyName("session_id")]
    public Guid? ProjectId { get; init; }

    /// <summary>The dataset example that it answers.</summary>
    public Guid? ReferenceExampleId { get; init; }

    /// <summary>The conversation that it belongs to.</summary>
    public string? ThreadId { get; init; }

    /// <summary>Tokens of the run and what is below it.</summary>
    public long? TotalTokens { get; init; }

    /// <summary>Tokens that went in.</summary>
    public long? PromptTokens { get; init; }

    /// <summary>Tokens that came out.</summary>
    public long? CompletionTokens { get; init; }

    /// <summary>US dollars; null when unknown.</summary>
    public decimal? TotalCost { get; init; }

    /// <summary>The feedback by key, aggregated.</summary>
    public JsonElement? FeedbackStats { get; init; }

    /// <summary>The page of the run, below the address of the pages.</summary>
    public string? AppPath { get; init; }

    /// <summary>The metadata; null when there is none.</summary>
    [JsonIgnore]
    public JsonElement? Metadata =>
        Extra is { ValueKind: JsonValueKind.Object } extra && extra.TryGetProperty("metadata", out var metadata) ? metadata : null;
}
