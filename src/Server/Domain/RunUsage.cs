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

    /// <summary>JSON objects of US dollars by kind of tokens, where kinds have prices of their own; empty when none.</summary>
    public ReadOnlyMemory<byte> PromptCostDetails { get; init; }

    public ReadOnlyMemory<byte> CompletionCostDetails { get; init; }

    /// <summary>The price row that the costs were made with; null when the client gave them or there is none.</summary>
    public Guid? PriceId { get; init; }
}
