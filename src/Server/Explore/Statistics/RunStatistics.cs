using LangSmith.Server.Storage;

namespace LangSmith.Server.Explore.Statistics;

/// <summary>Figures over some runs; null where there is nothing to measure. Latencies are seconds, costs US dollars.</summary>
public sealed record RunStatistics
{
    /// <summary>The figures of no run at all.</summary>
    public static RunStatistics Empty { get; } = new StatisticsBuilder().Build();

    public required int RunCount { get; init; }

    public DateTimeOffset? LastRunStartTime { get; init; }

    public double? ErrorRate { get; init; }

    /// <summary>The share of runs that reported a first token.</summary>
    public double? StreamingRate { get; init; }

    public required Quantiles Latency { get; init; }

    public required Quantiles FirstToken { get; init; }

    public required Quantiles TotalTokens { get; init; }

    public required Quantiles PromptTokens { get; init; }

    public required Quantiles CompletionTokens { get; init; }

    public required Quantiles Cost { get; init; }

    public required Domain.RunUsage Usage { get; init; }

    public IReadOnlyList<FeedbackSummary> Feedback { get; init; } = [];
}
