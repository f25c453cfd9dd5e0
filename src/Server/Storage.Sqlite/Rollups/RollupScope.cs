namespace LangSmith.Server.Storage.Sqlite.Rollups;

/// <summary>Whose figures a rollup has; the numbers are stored.</summary>
internal enum RollupScope
{
    Children = 0,
    Roots = 1,

    /// <summary>Roots, each with the tokens and costs of its whole trace.</summary>
    WholeTraces = 2,
}
