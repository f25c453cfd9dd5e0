namespace LangSmith.Server.Storage.Sqlite.Rollups;

/// <summary>How long the spans are whose figures are kept, in minutes; the numbers are stored.</summary>
internal enum RollupGrain
{
    /// <summary>Of an hour that runs are still being written to.</summary>
    Minute = 1,

    Hour = 60,
}
