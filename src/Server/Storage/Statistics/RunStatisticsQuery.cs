using LangSmith.Server.Domain;
using LangSmith.Server.Query;

namespace LangSmith.Server.Storage.Statistics;

/// <summary>Which runs to aggregate, and how.</summary>
public sealed record RunStatisticsQuery
{
    public required WorkspaceId Workspace { get; init; }

    /// <summary>Projects whose runs count; empty means all.</summary>
    public IReadOnlyCollection<Guid> ProjectIds { get; init; } = [];

    /// <summary>True: only roots. Null: all runs.</summary>
    public bool? IsRoot { get; init; }

    /// <summary>The first start that counts; null for no bound.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The first start that counts no more; null for no bound.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>What a run must satisfy besides; null means anything.</summary>
    public RunFilter? Filter { get; init; }

    /// <summary>What the root run of a run's trace must satisfy; null means anything.</summary>
    public RunFilter? TraceFilter { get; init; }

    /// <summary>What at least one run of a run's trace must satisfy; null means anything.</summary>
    public RunFilter? TreeFilter { get; init; }

    /// <summary>By what to group; null for one group.</summary>
    public RunGrouping? GroupBy { get; init; }

    /// <summary>Groups at most: those with the most runs.</summary>
    public int GroupsMax { get; init; } = 100;

    /// <summary>The length of the time buckets, counted from midnight UTC; null for one bucket.</summary>
    public TimeSpan? Bucket { get; init; }

    /// <summary>
    /// Each run counts the tokens and costs of its whole trace instead of its own: right when all matching runs are roots, which mostly have
    /// none of their own.
    /// </summary>
    public bool WholeTraces { get; init; }
}
