using LangSmith.Server.Domain;

namespace LangSmith.Server.Storage.Sqlite.Rollups;

/// <summary>A minute or an hour of a project.</summary>
/// <param name="Workspace">The project's workspace.</param>
/// <param name="Project">The project.</param>
/// <param name="Grain">How long it is.</param>
/// <param name="Number">Spans of this length since year 1, UTC.</param>
/// <param name="Changes">How often its runs have changed.</param>
internal readonly record struct RollupSpan(WorkspaceId Workspace, Guid Project, RollupGrain Grain, long Number, long Changes)
{
    public long FirstTick => Number * Ticks(Grain);

    public long EndTick => FirstTick + Ticks(Grain);

    public static long Ticks(RollupGrain grain) => (long)grain * TimeSpan.TicksPerMinute;
}
