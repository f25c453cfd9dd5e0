namespace LangSmith.Server.Storage.Sqlite.Rollups;

/// <summary>By what figures are grouped.</summary>
/// <param name="Dimension">The kind of groups.</param>
/// <param name="Key">The key of the metadata; empty in the other dimensions.</param>
internal readonly record struct RollupGrouping(RollupDimension Dimension, string Key = "")
{
    /// <summary>Groups that a span keeps; with more of them, names made of ids, its runs are read instead.</summary>
    public int ValuesMax => Dimension == RollupDimension.Metadata ? 20 : 200;

    /// <summary>All keys of the metadata.</summary>
    public static RollupGrouping AnyMetadata => new(RollupDimension.Metadata);

    /// <summary>Keys of the metadata that a span keeps figures by; with more of them it has none by any.</summary>
    public const int KeysMax = 50;
}
