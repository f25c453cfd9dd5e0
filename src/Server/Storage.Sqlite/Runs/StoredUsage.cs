using System.Text.Json;
using LangSmith.Server.Domain;

namespace LangSmith.Server.Storage.Sqlite.Runs;

/// <summary>What the columns of tokens and costs cannot hold: exact costs and details.</summary>
internal sealed record StoredUsage
{
    public decimal? PromptCost { get; init; }

    public decimal? CompletionCost { get; init; }

    public decimal? TotalCost { get; init; }

    public JsonElement? PromptTokens { get; init; }

    public JsonElement? CompletionTokens { get; init; }

    public JsonElement? PromptCosts { get; init; }

    public JsonElement? CompletionCosts { get; init; }

    public Guid? Price { get; init; }

    public static string? Write(RunUsage usage) =>
        usage.TotalTokens is null && usage.TotalCost is null
            ? null
            : JsonSerializer.Serialize(
                new StoredUsage
                {
                    PromptCost = usage.PromptCost,
                    CompletionCost = usage.CompletionCost,
                    TotalCost = usage.TotalCost,
                    PromptTokens = Element(usage.PromptTokenDetails),
                    CompletionTokens = Element(usage.CompletionTokenDetails),
                    PromptCosts = Element(usage.PromptCostDetails),
                    CompletionCosts = Element(usage.CompletionCostDetails),
                    Price = usage.PriceId,
                },
                StoredJson.Default.StoredUsage);

    public static RunUsage Read(string json, long? promptTokens, long? completionTokens, long? totalTokens)
    {
        var stored = JsonSerializer.Deserialize(json, StoredJson.Default.StoredUsage)!;
        return new RunUsage
        {
            PromptTokens = promptTokens,
            CompletionTokens = completionTokens,
            TotalTokens = totalTokens,
            PromptCost = stored.PromptCost,
            CompletionCost = stored.CompletionCost,
            TotalCost = stored.TotalCost,
            PromptTokenDetails = Bytes(stored.PromptTokens),
            CompletionTokenDetails = Bytes(stored.CompletionTokens),
            PromptCostDetails = Bytes(stored.PromptCosts),
            CompletionCostDetails = Bytes(stored.CompletionCosts),
            PriceId = stored.Price,
        };
    }

    private static JsonElement? Element(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
        {
            return null;
        }

        var reader = new Utf8JsonReader(json.Span);
        return JsonElement.ParseValue(ref reader);
    }

    private static ReadOnlyMemory<byte> Bytes(JsonElement? json) =>
        json is { } element ? System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(element).ToArray() : default;
}
