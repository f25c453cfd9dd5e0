namespace LangSmith;

/// <summary>What a model call used.</summary>
/// <remarks>Key names on the wire as langsmith 0.11.1 for Python allows them in <c>usage_metadata</c> (2026-11).</remarks>
public sealed record RunUsage
{
    /// <summary>Tokens that went in, cached ones included.</summary>
    /// <value>Null: not known.</value>
    public long? InputTokens { get; init; }

    /// <summary>Tokens that came out, reasoning included.</summary>
    /// <value>Null: not known.</value>
    public long? OutputTokens { get; init; }

    /// <summary>All tokens.</summary>
    /// <value>Null: the sum of <see cref="InputTokens"/> and <see cref="OutputTokens"/> where both are known.</value>
    public long? TotalTokens { get; init; }

    /// <summary>Shares of the input tokens, such as <c>cache_read</c>, <c>cache_creation</c>, <c>audio</c>: map of kind to tokens.</summary>
    /// <value>Null: not known.</value>
    public IReadOnlyDictionary<string, long>? InputTokenDetails { get; init; }

    /// <summary>Shares of the output tokens, such as <c>reasoning</c>, <c>audio</c>: map of kind to tokens.</summary>
    /// <value>Null: not known.</value>
    public IReadOnlyDictionary<string, long>? OutputTokenDetails { get; init; }

    /// <summary>US dollars for what went in.</summary>
    /// <value>Null: the server's price list decides.</value>
    public decimal? InputCost { get; init; }

    /// <summary>US dollars for what came out.</summary>
    /// <value>Null: the server's price list decides.</value>
    public decimal? OutputCost { get; init; }

    /// <summary>US dollars altogether.</summary>
    /// <value>Null: the sum of <see cref="InputCost"/> and <see cref="OutputCost"/> where both are known; otherwise the server's price list decides.</value>
    public decimal? TotalCost { get; init; }

    internal Dictionary<string, object?> ToMetadata()
    {
        var metadata = new Dictionary<string, object?>
        {
            ["input_tokens"] = InputTokens,
            ["output_tokens"] = OutputTokens,
            ["total_tokens"] = TotalTokens ?? (InputTokens + OutputTokens),
            ["input_token_details"] = Details(InputTokenDetails),
            ["output_token_details"] = Details(OutputTokenDetails),
            ["input_cost"] = InputCost,
            ["output_cost"] = OutputCost,
            ["total_cost"] = TotalCost ?? (InputCost + OutputCost),
        };
        return metadata.Where(entry => entry.Value is not null).ToDictionary(entry => entry.Key, entry => entry.Value);
    }

    /// <summary>In a form that is written without reflection.</summary>
    private static Dictionary<string, object?>? Details(IReadOnlyDictionary<string, long>? details) =>
        details?.ToDictionary(share => share.Key, share => (object?)share.Value);
}
