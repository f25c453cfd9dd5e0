using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Web.Dashboards;

/// <summary>A project over time.</summary>
public sealed record DashboardModel
{
    public required Project Project { get; init; }

    public required DashboardAddress Address { get; init; }

    /// <summary>Over the whole time.</summary>
    public required RunFigures Total { get; init; }

    public required IReadOnlyList<DashboardChart> Charts { get; init; }

    /// <summary>The names of runs, those that take the most time in all first.</summary>
    public required IReadOnlyList<RunFigures> Slowest { get; init; }
}
