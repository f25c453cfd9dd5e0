using LangSmith.Server.Domain.Statistics;

namespace LangSmith.Server.Storage.Statistics;

/// <summary>The figures of some runs; sums are null when no run has the value.</summary>
public sealed record RunFigures
{
    /// <summary>The group; null without grouping.</summary>
    public string? Group { get; init; }

    /// <summary>When the bucket begins; null without buckets.</summary>
    public DateTimeOffset? Bucket { get; init; }

    public long Runs { get; init; }

    public long Errors { get; init; }

    /// <summary>Runs that have ended.</summary>
    public long Ended { get; init; }

    /// <summary>Runs whose first token has a time.</summary>
    public long Streamed { get; init; }

    public DateTimeOffset? FirstStart { get; init; }

    public DateTimeOffset? LastStart { get; init; }

    public long? PromptTokens { get; init; }

    public long? CompletionTokens { get; init; }

    public long? TotalTokens { get; init; }

    /// <summary>In US dollars.</summary>
    public decimal? PromptCost { get; init; }

    public decimal? CompletionCost { get; init; }

    public decimal? TotalCost { get; init; }

    /// <summary>Seconds from start to end, of runs that have ended.</summary>
    public QuantileSketch Latency { get; init; } = new();

    /// <summary>Seconds from start to the first token.</summary>
    public QuantileSketch FirstToken { get; init; } = new();

    /// <summary>Tokens per run, of runs that used any.</summary>
    public QuantileSketch TotalTokensPerRun { get; init; } = new();

    public QuantileSketch PromptTokensPerRun { get; init; } = new();

    public QuantileSketch CompletionTokensPerRun { get; init; } = new();

    /// <summary>US dollars per run, of runs that cost anything known.</summary>
    public QuantileSketch CostPerRun { get; init; } = new();
}
