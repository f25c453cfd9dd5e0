using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Statistics;
using LangSmith.Server.Web.Runs;

namespace LangSmith.Server.Web.Dashboards;

/// <summary>A project over time.</summary>
public sealed record DashboardModel
{
    public required Project Project { get; init; }

    public required DashboardAddress Address { get; init; }

    /// <summary>What stands in the filter bar.</summary>
    public required FilterBar Bar { get; init; }

    /// <summary>How many traces or runs match.</summary>
    public required long Runs { get; init; }

    /// <summary>Those that have anything to show.</summary>
    public required IReadOnlyList<DashboardChart> Charts { get; init; }

    /// <summary>The names of runs with the highest p95, the slowest first.</summary>
    public required IReadOnlyList<RunFigures> Slowest { get; init; }

    /// <summary>How wide a card is, a half, a third or the whole of the page, so that every line of cards is full.</summary>
    /// <param name="card">Its number from 0: the charts, then the slowest steps.</param>
    public string Width(int card)
    {
        var cards = Charts.Count + 1;
        // The first two are wide; what lines of three leave over at the end is, too.
        var wideAtTheEnd = (cards % 3) switch { 2 => 0, 1 => 2, _ => 4 };
        return cards is 1 or 3 && card == cards - 1 ? "whole" : card < 2 || card >= cards - wideAtTheEnd ? "half" : "third";
    }
}
