namespace LangSmith.Server.Storage.Sqlite.Rollups;

/// <summary>Which figures of an hour.</summary>
/// <param name="Dimension">What they are grouped by.</param>
/// <param name="Scope">Whose they are.</param>
/// <param name="Value">The group; empty without grouping.</param>
internal readonly record struct RollupKey(RollupDimension Dimension, RollupScope Scope, string Value)
{
    /// <summary>Values of a dimension that an hour keeps; with more of them, names made of ids, its runs are read instead.</summary>
    public const int ValuesMax = 200;

    private const RollupScope Mark = (RollupScope)(-1);

    /// <summary>What an hour has instead of the figures of a dimension that has too many values.</summary>
    public static RollupKey TooMany(RollupDimension dimension) => new(dimension, Mark, "");
}
