namespace LangSmith.Server.Storage.Sqlite.Rollups;

/// <summary>Which figures of a span.</summary>
/// <param name="Dimension">What they are grouped by.</param>
/// <param name="Scope">Whose they are.</param>
/// <param name="Value">The group; empty without grouping.</param>
internal readonly record struct RollupKey(RollupDimension Dimension, RollupScope Scope, string Value)
{
    /// <summary>Values of a dimension that a span keeps; with more of them, names made of ids, its runs are read instead.</summary>
    public const int ValuesMax = 200;

    /// <summary>The scope of what a span has instead of the figures of a dimension that has too many values.</summary>
    public const RollupScope Mark = (RollupScope)(-1);

    /// <summary>Marks a dimension that has too many values.</summary>
    public static RollupKey TooMany(RollupDimension dimension) => new(dimension, Mark, "");
}
