using LangSmith.Server.Domain.Statistics;
using LangSmith.Server.Storage.Statistics;
using LangSmith.Server.Web.Shell;

namespace LangSmith.Server.Web.Dashboards;

/// <summary>Makes charts of figures.</summary>
internal static class DashboardCharts
{
    /// <summary>The charts of whole traces.</summary>
    public static IReadOnlyList<DashboardChart> OfTraces(DashboardFigures read)
    {
        var byTime = read.Points.ToDictionary(point => point.Bucket!.Value);
        var total = read.Total;
        return
        [
            Chart("Latency", "s", "line",
                QuantileHead(read, 0.5, p => p.Latency, $"p50 · p95 {Seconds(total.Latency, 0.95)} · p99 {Seconds(total.Latency, 0.99)}"),
                ("p50", p => p.Latency.Quantile(0.5)), ("p95", p => p.Latency.Quantile(0.95)), ("p99", p => p.Latency.Quantile(0.99))),
            Chart("Traces", "count", "bar", CountHead(read), ("not failed", p => p.Runs - p.Errors), ("failed", p => p.Errors)),
            Chart("Error rate", "%", "area", ErrorHead(read), ("failed", ErrorRate)),
            Chart("Tokens", "count", "area", TokenHead(read), ("prompt", p => p.PromptTokens), ("completion", p => p.CompletionTokens)),
            CostByModel(read) with { Head = CostHead(read) },
            Chart("Time to first token", "s", "line",
                QuantileHead(read, 0.5, p => p.FirstToken, $"p50 · p95 {Seconds(total.FirstToken, 0.95)}"),
                ("p50", p => p.FirstToken.Quantile(0.5)), ("p95", p => p.FirstToken.Quantile(0.95))),
        ];

        DashboardChart Chart(string title, string unit, string kind, DashboardHead head, params (string Name, Func<RunFigures, double?> Value)[] series) =>
            new(title, unit, kind, read.Times,
            [
                .. series.Select(one => (one.Name, (IReadOnlyList<double?>)[
                    .. read.Times.Select(at => byTime.TryGetValue(at, out var point) ? one.Value(point) : Nothing(kind))])),
            ])
            {
                Head = head,
            };
    }

    /// <summary>The charts of runs, with a line for each group.</summary>
    public static IReadOnlyList<DashboardChart> OfGroups(DashboardFigures read) =>
    [
        ByGroup(read.Times, read.Points, "Latency p95", "s", "line", p => p.Latency.Quantile(0.95)) with
        {
            Head = QuantileHead(read, 0.95, p => p.Latency, "of all runs"),
        },
        ByGroup(read.Times, read.Points, "Runs", "count", "line", p => p.Runs) with { Head = CountHead(read) with { Note = "in all" } },
        ByGroup(read.Times, read.Points, "Error rate", "%", "line", ErrorRate) with { Head = ErrorHead(read) },
        ByGroup(read.Times, read.Points, "Tokens", "count", "line", p => p.TotalTokens) with { Head = TokenHead(read) },
        ByGroup(read.Times, read.Points, "Cost", "$", "line", p => (double?)p.TotalCost) with { Head = CostHead(read) },
    ];

    private static DashboardChart CostByModel(DashboardFigures read)
    {
        var chart = ByGroup(read.Times, read.Models, "Cost", "$", "bar", p => (double?)p.TotalCost);
        return chart with { Series = [.. chart.Series.Where(series => series.Values.Any(value => value > 0))] };
    }

    private static DashboardChart ByGroup(
        IReadOnlyList<DateTimeOffset> times, IReadOnlyList<RunFigures> points, string title, string unit, string kind, Func<RunFigures, double?> value)
    {
        var byPlace = points.ToDictionary(point => (point.Group!, point.Bucket!.Value));
        return new DashboardChart(title, unit, kind, times,
        [
            .. points.Select(point => point.Group!).Distinct().Select(name => (name, (IReadOnlyList<double?>)[.. times.Select(at =>
                byPlace.TryGetValue((name, at), out var point) ? value(point) : Nothing(kind))])),
        ]);
    }

    /// <summary>The value of a bucket without runs: what stands on others needs one.</summary>
    private static double? Nothing(string kind) => kind == "line" ? null : 0;

    private static double? ErrorRate(RunFigures figures) => figures.Runs == 0 ? null : 100d * figures.Errors / figures.Runs;

    private static string Seconds(QuantileSketch sketch, double share) => Figures.Seconds(sketch.Quantile(share));

    private static DashboardHead QuantileHead(DashboardFigures read, double share, Func<RunFigures, QuantileSketch> sketch, string note) => new(
        Seconds(sketch(read.Total), share), note,
        DashboardChange.OfShare(sketch(read.Total).Quantile(share), sketch(read.Before).Quantile(share), isLessBetter: true));

    private static DashboardHead CountHead(DashboardFigures read) =>
        new(Figures.Count(read.Total.Runs), Change: DashboardChange.OfShare(read.Total.Runs, read.Before.Runs, isLessBetter: null));

    private static DashboardHead ErrorHead(DashboardFigures read) => new(
        Figures.Share((double)read.Total.Errors / Math.Max(1, read.Total.Runs)),
        Change: read.Before.Runs == 0
            ? null
            : DashboardChange.OfPoints((double)read.Total.Errors / Math.Max(1, read.Total.Runs), (double)read.Before.Errors / read.Before.Runs));

    private static DashboardHead TokenHead(DashboardFigures read) => new(
        read.Total.TotalTokens is { } tokens ? Figures.Short(tokens) : "–",
        read.Total is { PromptTokens: { } prompt, TotalTokens: > 0 and var all } ? $"{Figures.Share((double)prompt / all)} prompt" : "",
        DashboardChange.OfShare(read.Total.TotalTokens, read.Before.TotalTokens, isLessBetter: null));

    private static DashboardHead CostHead(DashboardFigures read) => new(
        Figures.Cost(read.Total.TotalCost), Change: DashboardChange.OfShare((double?)read.Total.TotalCost, (double?)read.Before.TotalCost, isLessBetter: true));
}
