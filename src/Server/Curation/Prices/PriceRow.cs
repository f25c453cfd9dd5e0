using System.Text.Json.Nodes;
using LangSmith.Server.Curation.Documents;
using LangSmith.Server.Domain.Pricing;

namespace LangSmith.Server.Curation.Prices;

/// <summary>Model prices as documents keep them.</summary>
public static class PriceRow
{
    /// <summary>US dollars a token; more is a mistake of units, and a sum of such could not be counted.</summary>
    public const decimal PriceMax = 1_000m;

    /// <summary>Own rows of a workspace: each unknown model name is matched against all of them.</summary>
    public const int RowsMax = 1_000;

    /// <summary>A kept row as the server computes with it.</summary>
    public static ModelPrice ToPrice(Guid id, JsonObject row) => new()
    {
        Id = id,
        Name = (string)row["name"]!,
        MatchPattern = (string)row["match_pattern"]!,
        MatchPath = [.. row["match_path"]!.AsArray().Select(key => (string)key!)],
        Provider = (string?)row["provider"],
        StartTime = DocumentTime.TryParse((string?)row["start_time"], out var start) ? start : null,
        PromptCost = (decimal)row["prompt_cost"]!,
        CompletionCost = (decimal)row["completion_cost"]!,
        PromptCostDetails = Parts(row["prompt_cost_details"]),
        CompletionCostDetails = Parts(row["completion_cost_details"]),
    };

    /// <summary>What stands against a row; null when nothing does.</summary>
    public static string? Problem(JsonObject row)
    {
        try
        {
            _ = new PriceList([ToPrice(Guid.Empty, row)], []);
            return null;
        }
        catch (ArgumentException exception)
        {
            return $"'match_pattern' is no regular expression that this server takes: {exception.Message}";
        }
    }

    private static Dictionary<string, decimal> Parts(JsonNode? details) =>
        (details as JsonObject)?.ToDictionary(detail => detail.Key, detail => (decimal)detail.Value!, StringComparer.Ordinal) ?? [];
}
