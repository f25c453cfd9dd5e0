using System.Text.Json;

namespace LangSmith.Server.Web.Dashboards;

/// <summary>One chart: values over time.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Unit">s, %, $, score or count.</param>
/// <param name="Kind">line; or area or bar, whose series stand upon each other, the first at the bottom.</param>
/// <param name="Times">The beginnings of the buckets.</param>
/// <param name="Series">Names with a value for each bucket; null where nothing is known.</param>
public sealed record DashboardChart(
    string Title, string Unit, string Kind, IReadOnlyList<DateTimeOffset> Times, IReadOnlyList<(string Name, IReadOnlyList<double?> Values)> Series)
{
    /// <summary>The figure above it; null for none.</summary>
    public DashboardHead? Head { get; init; }

    /// <summary>The data for the script.</summary>
    public string Json => JsonSerializer.Serialize(new
    {
        unit = Unit,
        kind = Kind,
        times = Times.Select(at => at.ToUnixTimeSeconds()),
        names = Series.Select(series => series.Name),
        values = Series.Select(series => series.Values),
    });

    public bool IsEmpty => Series.All(series => series.Values.All(value => value is null or 0));
}
