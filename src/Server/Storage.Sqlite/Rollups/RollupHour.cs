using LangSmith.Server.Domain;

namespace LangSmith.Server.Storage.Sqlite.Rollups;

/// <summary>An hour of a project.</summary>
/// <param name="Workspace">The project's workspace.</param>
/// <param name="Project">The project.</param>
/// <param name="Hour">Hours since year 1, UTC.</param>
/// <param name="Changes">How often its runs have changed.</param>
internal readonly record struct RollupHour(WorkspaceId Workspace, Guid Project, long Hour, long Changes)
{
    public long FirstTick => Hour * RollupHours.TicksPerHour;

    public long EndTick => FirstTick + RollupHours.TicksPerHour;
}
