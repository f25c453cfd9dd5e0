using System.Text.Json;

namespace LangSmith.Server.Domain.Digest;

/// <summary>Finds token usage where clients put it.</summary>
internal static class UsageReader
{
    private const string Key = "usage_metadata";

    public static TokenUsage? OfMetadata(JsonDocument? extra) =>
        extra is not null
        && ExtraReader.ObjectIn(extra.RootElement, "metadata") is { } metadata
        && ExtraReader.ObjectIn(metadata, Key) is { } usage
            ? Read(usage)
            : null;

    /// <summary>The first hit of: itself, one level down, LangChain's generations, LangChain's and the providers' own names.</summary>
    public static TokenUsage? OfOutputs(JsonElement outputs)
    {
        if (outputs.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var found = ExtraReader.ObjectIn(outputs, Key)
            ?? OneLevelDown(outputs)
            ?? OfGenerations(outputs)
            ?? (ExtraReader.ObjectIn(outputs, "llm_output") is { } llm ? ExtraReader.ObjectIn(llm, "token_usage") : null)
            ?? ExtraReader.ObjectIn(outputs, "usage");
        return found is { } usage ? Read(usage) : null;
    }

    private static JsonElement? OneLevelDown(JsonElement outputs)
    {
        foreach (var property in outputs.EnumerateObject())
        {
            if (ExtraReader.ObjectIn(property.Value, Key) is { } usage)
            {
                return usage;
            }

            if (ExtraReader.ObjectIn(property.Value, "kwargs") is { } arguments && ExtraReader.ObjectIn(arguments, Key) is { } nested)
            {
                return nested;
            }
        }

        return null;
    }

    private static JsonElement? OfGenerations(JsonElement outputs)
    {
        if (!outputs.TryGetProperty("generations", out var batches) || batches.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var generations = batches.EnumerateArray()
            .SelectMany(batch => batch.ValueKind == JsonValueKind.Array ? batch.EnumerateArray().AsEnumerable() : [batch]);
        foreach (var generation in generations)
        {
            if (ExtraReader.ObjectIn(generation, "message") is { } message
                && ((ExtraReader.ObjectIn(message, "kwargs") is { } arguments ? ExtraReader.ObjectIn(arguments, Key) : null)
                    ?? ExtraReader.ObjectIn(message, Key)) is { } usage)
            {
                return usage;
            }
        }

        return null;
    }

    private static TokenUsage? Read(JsonElement usage)
    {
        var read = new TokenUsage
        {
            InputTokens = Count(usage, "input_tokens") ?? Count(usage, "prompt_tokens"),
            OutputTokens = Count(usage, "output_tokens") ?? Count(usage, "completion_tokens"),
            TotalTokens = Count(usage, "total_tokens"),
            InputDetails = Counts(usage, "input_token_details"),
            OutputDetails = Counts(usage, "output_token_details"),
            InputCost = Cost(usage, "input_cost"),
            OutputCost = Cost(usage, "output_cost"),
            TotalCost = Cost(usage, "total_cost"),
            InputCostDetails = Costs(usage, "input_cost_details"),
            OutputCostDetails = Costs(usage, "output_cost_details"),
        };
        return read.InputTokens is null && read.OutputTokens is null && read.TotalTokens is null && !read.HasCost ? null : read;
    }

    private static long? Count(JsonElement usage, string name) =>
        usage.TryGetProperty(name, out var value) ? AsCount(value) : null;

    private static decimal? Cost(JsonElement usage, string name) =>
        usage.TryGetProperty(name, out var value) ? AsCost(value) : null;

    private static Dictionary<string, long> Counts(JsonElement usage, string name)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var property in Properties(usage, name))
        {
            if (AsCount(property.Value) is { } count)
            {
                counts[property.Name] = count;
            }
        }

        return counts;
    }

    private static Dictionary<string, decimal> Costs(JsonElement usage, string name)
    {
        var costs = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var property in Properties(usage, name))
        {
            if (AsCost(property.Value) is { } cost)
            {
                costs[property.Name] = cost;
            }
        }

        return costs;
    }

    private static JsonElement.ObjectEnumerator Properties(JsonElement usage, string name) =>
        ExtraReader.ObjectIn(usage, name) is { } details ? details.EnumerateObject() : default;

    private static long? AsCount(JsonElement value) =>
        value.ValueKind != JsonValueKind.Number ? null
        : value.TryGetInt64(out var whole) ? whole
        // Some clients write counts as 12.0.
        : value.TryGetDouble(out var real) && Math.Abs(real) < 1e15 ? (long)real
        : null;

    private static decimal? AsCost(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var cost) ? cost : null;
}
