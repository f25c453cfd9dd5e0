namespace LangSmith.Server.Storage.Sqlite.Rollups;

/// <summary>What the figures of a span are grouped by; the numbers are stored.</summary>
internal enum RollupDimension
{
    None = 0,
    Name = 1,
    RunType = 2,
    Model = 3,
    Tag = 4,

    /// <summary>A key of the metadata.</summary>
    Metadata = 5,
}
