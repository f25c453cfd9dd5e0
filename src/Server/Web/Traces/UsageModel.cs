using System.Text.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Web.Payloads;

namespace LangSmith.Server.Web.Traces;

/// <summary>What a model's call used, in parts that add up.</summary>
/// <param name="Parts">The kinds of tokens, prompt before completion.</param>
/// <param name="PromptCost">US dollars; null when unknown.</param>
/// <param name="CompletionCost">US dollars; null when unknown.</param>
/// <param name="TotalCost">US dollars; null when unknown.</param>
public sealed record UsageModel(IReadOnlyList<UsageModel.Part> Parts, decimal? PromptCost, decimal? CompletionCost, decimal? TotalCost)
{
    public long Total => Parts.Sum(part => part.Tokens);

    /// <summary>Reads usage; null when no tokens are known.</summary>
    public static UsageModel? Of(RunUsage usage)
    {
        var parts = Split("prompt", usage.PromptTokens, usage.PromptTokenDetails)
            .Concat(Split("completion", usage.CompletionTokens, usage.CompletionTokenDetails)).Where(part => part.Tokens > 0).ToList();
        return parts.Count == 0 ? null : new UsageModel(parts, usage.PromptCost, usage.CompletionCost, usage.TotalCost);
    }

    /// <summary>The kinds inside a count, and what is left of it. Kinds that say more than the count are no parts of it: then the count stands alone.</summary>
    private static List<Part> Split(string side, long? count, ReadOnlyMemory<byte> details)
    {
        if (count is not { } all)
        {
            return [];
        }

        var kinds = Kinds(side, details);
        return kinds.Sum(kind => kind.Tokens) <= all
            ? [.. kinds, new Part(side, "", all - kinds.Sum(kind => kind.Tokens))]
            : [new Part(side, "", all)];
    }

    private static List<Part> Kinds(string side, ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
        {
            return [];
        }

        using var document = JsonDocument.Parse(json, JsonText.Options);
        return document.RootElement.ValueKind != JsonValueKind.Object ? [] :
        [
            .. document.RootElement.EnumerateObject()
                .Where(property => property.Value.ValueKind == JsonValueKind.Number && property.Value.TryGetInt64(out _))
                .Select(property => new Part(side, property.Name, property.Value.GetInt64())),
        ];
    }

    /// <summary>Tokens of one kind.</summary>
    /// <param name="Side">prompt or completion.</param>
    /// <param name="Kind">cache_read, reasoning, …; empty for those of no kind.</param>
    /// <param name="Tokens">How many.</param>
    public sealed record Part(string Side, string Kind, long Tokens)
    {
        public string Title => (Side == "prompt" ? "Prompt" : "Completion") + Kind switch
        {
            "" => "",
            "cache_read" => ", cached",
            "cache_creation" => ", written to cache",
            _ => ", " + Kind.Replace('_', ' '),
        };
    }
}
