namespace LangSmith.Server.Storage.Sqlite.Rollups;

/// <summary>Decides by which groupings a span keeps figures: what has a group for nearly every run costs more than reading the runs.</summary>
internal sealed class KeptGroups
{
    // Runs that a value of the metadata must have on the average for an hour to keep figures by its key.
    private const int RunsPerValueMin = 2;

    private readonly Dictionary<RollupGrouping, HashSet<string>> _values = [];
    private readonly HashSet<RollupGrouping> _dropped = [];

    /// <summary>The groupings by which nothing is kept.</summary>
    public IReadOnlyCollection<RollupGrouping> Dropped => _dropped;

    public bool IsDropped(RollupGrouping grouping) =>
        _dropped.Contains(grouping) || (grouping.Dimension == RollupDimension.Metadata && _dropped.Contains(RollupGrouping.AnyMetadata));

    public void Drop(RollupGrouping grouping) => _dropped.Add(grouping);

    /// <summary>Notes a group, and says whether its figures are still of use.</summary>
    public bool Keeps(RollupGrouping grouping, string value)
    {
        if (IsDropped(grouping))
        {
            return false;
        }

        if (!_values.TryGetValue(grouping, out var values))
        {
            if (grouping.Dimension == RollupDimension.Metadata
                && _values.Keys.Count(known => known.Dimension == RollupDimension.Metadata) == RollupGrouping.KeysMax)
            {
                Drop(RollupGrouping.AnyMetadata);
                return false;
            }

            _values.Add(grouping, values = new HashSet<string>(StringComparer.Ordinal));
        }

        if (values.Add(value) && values.Count > grouping.ValuesMax)
        {
            Drop(grouping);
            return false;
        }

        return true;
    }

    /// <summary>Drops the keys of the metadata that are rather ids than groups, once all runs of an hour are known.</summary>
    public void DropIds(Func<RollupGrouping, long> countRuns)
    {
        foreach (var (grouping, values) in _values)
        {
            if (grouping.Dimension == RollupDimension.Metadata && !IsDropped(grouping) && countRuns(grouping) < values.Count * RunsPerValueMin)
            {
                Drop(grouping);
            }
        }
    }
}
