using LangSmith.Server.Domain;
using LangSmith.Server.Query;

namespace LangSmith.Server.Storage;

/// <summary>A page of runs to read.</summary>
public sealed record RunQuery
{
    public required WorkspaceId Workspace { get; init; }

    /// <summary>Which runs; null means all of the workspace.</summary>
    public RunFilter? Filter { get; init; }

    /// <summary>What the root run of a run's trace must satisfy; null means anything.</summary>
    public RunFilter? TraceFilter { get; init; }

    /// <summary>What at least one run of a run's trace must satisfy; null means anything.</summary>
    public RunFilter? TreeFilter { get; init; }

    /// <summary>The order by start time, then id.</summary>
    public bool Ascending { get; init; }

    /// <summary>Only runs after this position in the order; null starts at the beginning.</summary>
    public RunPosition? After { get; init; }

    /// <summary>Runs at most, from 1 to 1,000.</summary>
    public int Limit { get; init; } = 100;

    public RunPayload Payload { get; init; } = RunPayload.All;
}
