using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Web.Dashboards;

/// <summary>What the charts of a dashboard are made of.</summary>
public sealed record DashboardFigures
{
    /// <summary>The beginnings of the buckets.</summary>
    public required IReadOnlyList<DateTimeOffset> Times { get; init; }

    /// <summary>Over the whole time.</summary>
    public required RunFigures Total { get; init; }

    /// <summary>Over the time of the same length before.</summary>
    public required RunFigures Before { get; init; }

    /// <summary>By bucket, and by group where runs are grouped.</summary>
    public required IReadOnlyList<RunFigures> Points { get; init; }

    /// <summary>By bucket and model, of all runs; empty where runs are grouped by something else.</summary>
    public IReadOnlyList<RunFigures> Models { get; init; } = [];
}
