namespace LangSmith.Export;

/// <summary>Entries that travel together, in the order in which they were queued.</summary>
internal sealed class Batch(BatchPolicy policy)
{
    private readonly List<BatchItem> _items = [];
    private readonly HashSet<Guid> _runIds = [];
    private readonly HashSet<Guid> _patched = [];
    private long _bytes;

    public IReadOnlyList<BatchItem> Items => _items;

    public long HeldBytes { get; private set; }

    /// <summary>Adds an entry; false when it has to wait for the next batch.</summary>
    public bool TryAdd(BatchItem item)
    {
        var bytes = item.BodyBytes;
        // A JSON batch states all creations before all updates. A creation that follows an update of the same run (the next attempt under
        // one id) would be moved before it, so it waits for the next batch.
        if (!policy.Fits(_items.Count, _bytes, bytes) || (item.Operation is { IsCreate: true } && _patched.Contains(item.RunId)))
        {
            return false;
        }

        _items.Add(item);
        _runIds.Add(item.RunId);
        if (item.Operation is { IsCreate: false })
        {
            _patched.Add(item.RunId);
        }

        _bytes += bytes;
        HeldBytes += item.HeldBytes;
        return true;
    }

    /// <summary>Tells whether both hold entries of one run, so that one must wait for the other.</summary>
    public bool Touches(Batch other) => _runIds.Overlaps(other._runIds);
}
