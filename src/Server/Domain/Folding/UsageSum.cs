using System.Buffers;
using System.Text.Json;

namespace LangSmith.Server.Domain.Folding;

/// <summary>Adds up what runs used: unknown plus known is known, and details add up by kind.</summary>
public static class UsageSum
{
    public static RunUsage Of(IReadOnlyCollection<RunUsage> usages) => usages.Count switch
    {
        0 => RunUsage.None,
        1 => usages.First(),
        _ => new RunUsage
        {
            PromptTokens = Sum(usages.Select(usage => usage.PromptTokens)),
            CompletionTokens = Sum(usages.Select(usage => usage.CompletionTokens)),
            TotalTokens = Sum(usages.Select(usage => usage.TotalTokens)),
            PromptCost = Sum(usages.Select(usage => usage.PromptCost)),
            CompletionCost = Sum(usages.Select(usage => usage.CompletionCost)),
            TotalCost = Sum(usages.Select(usage => usage.TotalCost)),
            PromptTokenDetails = SumDetails(usages.Select(usage => usage.PromptTokenDetails)),
            CompletionTokenDetails = SumDetails(usages.Select(usage => usage.CompletionTokenDetails)),
            PromptCostDetails = SumDetails(usages.Select(usage => usage.PromptCostDetails)),
            CompletionCostDetails = SumDetails(usages.Select(usage => usage.CompletionCostDetails)),
        },
    };

    private static long? Sum(IEnumerable<long?> values) =>
        values.Aggregate((long?)null, (sum, value) => value is null ? sum : (sum ?? 0) + value);

    private static decimal? Sum(IEnumerable<decimal?> values) =>
        values.Aggregate((decimal?)null, (sum, value) => value is null ? sum : (sum ?? 0) + value);

    private static ReadOnlyMemory<byte> SumDetails(IEnumerable<ReadOnlyMemory<byte>> details)
    {
        var sums = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var json in details.Where(json => !json.IsEmpty))
        {
            using var document = JsonDocument.Parse(json);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Value.ValueKind == JsonValueKind.Number && property.Value.TryGetDecimal(out var value))
                {
                    sums[property.Name] = sums.GetValueOrDefault(property.Name) + value;
                }
            }
        }

        return sums.Count == 0 ? default : Print(sums);
    }

    private static ReadOnlyMemory<byte> Print(SortedDictionary<string, decimal> sums)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in sums)
            {
                writer.WriteNumber(name, value);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
