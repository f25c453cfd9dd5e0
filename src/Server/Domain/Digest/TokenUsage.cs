namespace LangSmith.Server.Domain.Digest;

/// <summary>What a client's <c>usage_metadata</c> (or a provider's own usage object) says; null means not said.</summary>
public sealed record TokenUsage
{
    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public long? TotalTokens { get; init; }

    /// <summary>Counts by kind (<c>cache_read</c>, <c>audio</c>, ...); the names are the client's.</summary>
    public IReadOnlyDictionary<string, long> InputDetails { get; init; } = new Dictionary<string, long>();

    public IReadOnlyDictionary<string, long> OutputDetails { get; init; } = new Dictionary<string, long>();

    /// <summary>US dollars.</summary>
    public decimal? InputCost { get; init; }

    public decimal? OutputCost { get; init; }

    public decimal? TotalCost { get; init; }

    public IReadOnlyDictionary<string, decimal> InputCostDetails { get; init; } = new Dictionary<string, decimal>();

    public IReadOnlyDictionary<string, decimal> OutputCostDetails { get; init; } = new Dictionary<string, decimal>();

    public bool HasCost => InputCost is not null || OutputCost is not null || TotalCost is not null;
}
