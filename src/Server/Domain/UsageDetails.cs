using System.Buffers;
using System.Text.Json;

namespace LangSmith.Server.Domain;

/// <summary>JSON objects of counts, or of costs, by kind of tokens.</summary>
internal static class UsageDetails
{
    /// <summary>The sums by kind; one alone stays as it was received.</summary>
    public static ReadOnlyMemory<byte> Add(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other)
    {
        if (one.IsEmpty || other.IsEmpty)
        {
            return one.IsEmpty ? other : one;
        }

        var sums = new OrderedDictionary<string, decimal>(StringComparer.Ordinal);
        AddTo(sums, one);
        AddTo(sums, other);
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        foreach (var (kind, sum) in sums)
        {
            writer.WriteNumber(kind, sum);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void AddTo(OrderedDictionary<string, decimal> sums, ReadOnlyMemory<byte> details)
    {
        using var document = JsonDocument.Parse(details);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var kind in document.RootElement.EnumerateObject())
        {
            // What is no number, or too large for one, is no count; a sum beyond all numbers is none either.
            if (kind.Value.ValueKind == JsonValueKind.Number && kind.Value.TryGetDecimal(out var count) && decimal.Abs(count) < decimal.MaxValue / 2)
            {
                sums[kind.Name] = decimal.Clamp(sums.GetValueOrDefault(kind.Name) + count, decimal.MinValue / 2, decimal.MaxValue / 2);
            }
        }
    }
}
