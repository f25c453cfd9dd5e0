namespace LangSmith.Server.Domain.Pricing;

/// <summary>What the tokens of a model cost, from a time on. All prices are US dollars a token.</summary>
public sealed record ModelPrice
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>A regular expression that the model's name must match somewhere.</summary>
    public required string MatchPattern { get; init; }

    /// <summary>The keys of <c>extra.invocation_params</c> under which the model's name is looked for, in this order.</summary>
    public IReadOnlyList<string> MatchPath { get; init; } = DefaultMatchPath;

    /// <summary>The only provider that the row is for; null is for any.</summary>
    public string? Provider { get; init; }

    /// <summary>The start of the row's validity; null has always been valid.</summary>
    public DateTimeOffset? StartTime { get; init; }

    public required decimal PromptCost { get; init; }

    public required decimal CompletionCost { get; init; }

    /// <summary>Own prices of kinds of prompt tokens, such as <c>cache_read</c>.</summary>
    public IReadOnlyDictionary<string, decimal> PromptCostDetails { get; init; } = new Dictionary<string, decimal>();

    public IReadOnlyDictionary<string, decimal> CompletionCostDetails { get; init; } = new Dictionary<string, decimal>();

    public static IReadOnlyList<string> DefaultMatchPath { get; } = ["model", "model_name", "model_id", "model_path", "endpoint_name"];
}
