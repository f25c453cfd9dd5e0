namespace LangSmith.Server.Domain;

/// <summary>Tokens and costs; null means unknown, which is not zero.</summary>
public sealed record RunUsage
{
    public static RunUsage None { get; } = new();

    public long? PromptTokens { get; init; }

    public long? CompletionTokens { get; init; }

    public long? TotalTokens { get; init; }

    public decimal? PromptCost { get; init; }

    public decimal? CompletionCost { get; init; }

    public decimal? TotalCost { get; init; }

    /// <summary>JSON objects of counts by kind (cached, reasoning, ...), exactly as received; empty when none.</summary>
    public ReadOnlyMemory<byte> PromptTokenDetails { get; init; }

    public ReadOnlyMemory<byte> CompletionTokenDetails { get; init; }
}
