using System.Text.Json;

namespace LangSmith.Server.Web.Dashboards;

/// <summary>One chart: values over time, a line or bars for each series.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Unit">s, %, $, tokens or count.</param>
/// <param name="Kind">line or bar.</param>
/// <param name="Times">The beginnings of the buckets.</param>
/// <param name="Series">Names with a value for each bucket; null where nothing is known.</param>
public sealed record DashboardChart(
    string Title, string Unit, string Kind, IReadOnlyList<long> Times, IReadOnlyList<(string Name, IReadOnlyList<double?> Values)> Series)
{
    /// <summary>The data for the script.</summary>
    public string Json => JsonSerializer.Serialize(new
    {
        unit = Unit,
        kind = Kind,
        times = Times,
        names = Series.Select(series => series.Name),
        values = Series.Select(series => series.Values),
    });

    public bool IsEmpty => Series.All(series => series.Values.All(value => value is null or 0));
}
