namespace LangSmith.Tracing;

/// <summary>A few entries by key, in the order in which the keys first came.</summary>
internal readonly struct OrderedMetadata
{
    private readonly List<KeyValuePair<string, object?>> _entries;

    public OrderedMetadata(IEnumerable<KeyValuePair<string, object?>> entries) => _entries = [.. entries];

    public IReadOnlyList<KeyValuePair<string, object?>> Entries => _entries;

    public void Set(string key, object? value)
    {
        var entry = KeyValuePair.Create(key, value);
        var index = _entries.FindIndex(known => known.Key == key);
        if (index < 0)
        {
            _entries.Add(entry);
        }
        else
        {
            _entries[index] = entry;
        }
    }
}
