namespace LangSmith.Server.Storage.Sqlite.Rollups;

/// <summary>Which figures of a span.</summary>
/// <param name="Grouping">What they are grouped by.</param>
/// <param name="Scope">Whose they are.</param>
/// <param name="Value">The group; empty without grouping.</param>
internal readonly record struct RollupKey(RollupGrouping Grouping, RollupScope Scope, string Value)
{
    /// <summary>The scope of what a span has instead of figures by a grouping that has too many groups.</summary>
    public const RollupScope Mark = (RollupScope)(-1);

    /// <summary>Marks a grouping by which a span keeps no figures.</summary>
    public static RollupKey NotKept(RollupGrouping grouping) => new(grouping, Mark, "");
}
