using System.Text.Json;
using System.Text.Json.Serialization;

namespace LangSmith.Server.Domain.Pricing;

/// <summary>The prices that come with the server, from <c>model-prices.json</c>: a start, to be corrected by a workspace's own rows.</summary>
public static partial class BuiltInPrices
{
    private const decimal TokensPerUnit = 1_000_000m;

    /// <summary>All of them; the same ids in every version.</summary>
    public static IReadOnlyList<ModelPrice> All { get; } = Read();

    private static ModelPrice[] Read()
    {
        using var stream = typeof(BuiltInPrices).Assembly.GetManifestResourceStream("model-prices.json")!;
        var rows = JsonSerializer.Deserialize(stream, PriceJson.Default.PriceRowArray)!;
        return [.. rows.Select(ToPrice)];
    }

    private static ModelPrice ToPrice(PriceRow row) => new()
    {
        // The name makes the id, so that a stored price_model_id keeps its meaning over versions.
        Id = Uuid7.Deterministic(DateTimeOffset.UnixEpoch, row.Name, "model-price"),
        Name = row.Name,
        MatchPattern = row.Match,
        PromptCost = row.Input / TokensPerUnit,
        CompletionCost = row.Output / TokensPerUnit,
        PromptCostDetails = Details(("cache_read", row.CacheRead), ("cache_creation", row.CacheCreation)),
    };

    private static Dictionary<string, decimal> Details(params ReadOnlySpan<(string Kind, decimal? Price)> details)
    {
        var given = new Dictionary<string, decimal>();
        foreach (var (kind, price) in details)
        {
            if (price is { } known)
            {
                given[kind] = known / TokensPerUnit;
            }
        }

        return given;
    }

    /// <summary>A row of the file; prices are US dollars a million tokens, as providers publish them.</summary>
    internal sealed record PriceRow(string Name, string Match, decimal Input, decimal Output, decimal? CacheRead, decimal? CacheCreation);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, ReadCommentHandling = JsonCommentHandling.Skip)]
    [JsonSerializable(typeof(PriceRow[]))]
    internal sealed partial class PriceJson : JsonSerializerContext;
}
