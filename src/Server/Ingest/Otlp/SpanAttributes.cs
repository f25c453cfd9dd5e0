using System.Text.Json.Nodes;

namespace LangSmith.Server.Ingest.Otlp;

/// <summary>The attributes of one span while its run is made: what a rule takes is marked, so that the rest can be kept as metadata.</summary>
internal sealed class SpanAttributes(IReadOnlyDictionary<string, JsonNode?> attributes)
{
    private readonly HashSet<string> _taken = [];

    /// <summary>Takes the first of several names that the span has.</summary>
    public JsonNode? Take(params ReadOnlySpan<string> names)
    {
        JsonNode? first = null;
        foreach (var name in names)
        {
            if (attributes.TryGetValue(name, out var value) && value is not null)
            {
                _taken.Add(name);
                first ??= value;
            }
        }

        return first;
    }

    /// <summary>Takes the first of several names that holds a text.</summary>
    public string? TakeText(params ReadOnlySpan<string> names) => Take(names) is { } node ? OtlpValue.Text(node) ?? node.ToString() : null;

    public JsonNode? Peek(string name) => attributes.GetValueOrDefault(name);

    /// <summary>Takes all attributes below a prefix; the names come without it.</summary>
    public IEnumerable<KeyValuePair<string, JsonNode?>> TakeBelow(string prefix)
    {
        foreach (var (name, value) in attributes)
        {
            if (name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal))
            {
                _taken.Add(name);
                yield return KeyValuePair.Create(name[prefix.Length..], value);
            }
        }
    }

    /// <summary>What no rule took.</summary>
    public IEnumerable<KeyValuePair<string, JsonNode?>> Rest() => attributes.Where(attribute => !_taken.Contains(attribute.Key));
}
