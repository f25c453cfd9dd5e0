namespace LangSmith.Server.Domain.Pricing;

/// <summary>What a run's tokens cost.</summary>
/// <param name="Prompt">The cost of the prompt.</param>
/// <param name="Completion">The cost of the completion.</param>
/// <param name="PromptDetails">The part of each kind of tokens that has its own price.</param>
/// <param name="CompletionDetails">The same for the completion.</param>
public sealed record TokenCost(
    decimal Prompt, decimal Completion,
    IReadOnlyDictionary<string, decimal> PromptDetails, IReadOnlyDictionary<string, decimal> CompletionDetails)
{
    public decimal Total => Prompt + Completion;

    /// <summary>Applies a price: kinds of tokens with a price of their own leave the base count, the rest pays the base price.</summary>
    public static TokenCost Of(
        ModelPrice price,
        long promptTokens, IReadOnlyDictionary<string, long> promptDetails,
        long completionTokens, IReadOnlyDictionary<string, long> completionDetails)
    {
        var (prompt, promptParts) = Side(promptTokens, promptDetails, price.PromptCost, price.PromptCostDetails);
        var (completion, completionParts) = Side(completionTokens, completionDetails, price.CompletionCost, price.CompletionCostDetails);
        return new TokenCost(prompt, completion, promptParts, completionParts);
    }

    private static (decimal Cost, IReadOnlyDictionary<string, decimal> Parts) Side(
        long tokens, IReadOnlyDictionary<string, long> details, decimal price, IReadOnlyDictionary<string, decimal> detailPrices)
    {
        var parts = new Dictionary<string, decimal>();
        var left = tokens;

        // The longer name is the more specific kind: cache_read_over_200k before cache_read.
        foreach (var (kind, kindPrice) in detailPrices.OrderByDescending(detail => detail.Key.Length).ThenBy(detail => detail.Key))
        {
            // A provider that reports more cached tokens than tokens must not make the rest negative.
            var count = Math.Clamp(details.GetValueOrDefault(kind), 0, left);
            if (count > 0)
            {
                parts[kind] = count * kindPrice;
                left -= count;
            }
        }

        return (parts.Values.Sum() + (left * price), parts);
    }
}
