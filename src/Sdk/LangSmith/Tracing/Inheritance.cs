using LangSmith.Capture;

namespace LangSmith.Tracing;

/// <summary>The tags and metadata that a run hands down. Immutable and shared by all runs below that add nothing.</summary>
internal sealed record Inheritance(IReadOnlyList<string> Tags, IReadOnlyList<KeyValuePair<string, object?>> Metadata)
{
    /// <summary>What holds below something that adds tags and metadata; null for nothing at all.</summary>
    public static Inheritance? Add(
        Inheritance? outer, IReadOnlyList<string>? tags, IReadOnlyDictionary<string, object?>? metadata, ValueJson json)
    {
        if (tags is not { Count: > 0 } && metadata is not { Count: > 0 })
        {
            return outer;
        }

        var merged = new OrderedMetadata(outer?.Metadata ?? []);
        foreach (var (key, value) in metadata ?? new Dictionary<string, object?>())
        {
            merged.Set(key, Frozen(value, json));
        }

        return new Inheritance(tags is null ? outer?.Tags ?? [] : [.. (outer?.Tags ?? []).Union(tags)], merged.Entries);
    }

    /// <summary>A value that later changes cannot reach.</summary>
    public static object? Frozen(object? value, ValueJson json) =>
        value is null or string or bool or int or long or double or decimal or Guid or DateTimeOffset or CapturedJson
            ? value
            : new CapturedJson(json.Capture(value));
}
