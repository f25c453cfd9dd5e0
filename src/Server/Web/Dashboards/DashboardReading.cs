using LangSmith.Server.Domain;
using LangSmith.Server.Explore.Statistics;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Web.Dashboards;

/// <summary>Reads dashboards. Thread-safe.</summary>
internal sealed class DashboardReading(FigureReading figures, FeedbackOverTime feedback, ICatalogue catalogue, TimeProvider time)
{
    private const int GroupsMax = 5;
    private const int SlowestMax = 12;

    /// <summary>Reads a project's dashboard; null when there is no such project.</summary>
    public async Task<DashboardModel?> ReadAsync(WorkspaceId workspace, string projectName, DashboardAddress address, CancellationToken cancellationToken)
    {
        if (await catalogue.FindProjectAsync(workspace, projectName, cancellationToken) is not { } project)
        {
            return null;
        }

        var (_, _, span, bucket) = DashboardAddress.Ranges.First(range => range.Key == address.Range);
        var now = time.GetUtcNow();
        // Buckets count from midnight: the first one shown is whole.
        var first = new DateTimeOffset((now - span).UtcTicks / bucket.Ticks * bucket.Ticks, TimeSpan.Zero) + bucket;
        var times = new List<DateTimeOffset>();
        for (var at = first; at <= now; at += bucket)
        {
            times.Add(at);
        }

        // Models and most tags are on runs inside traces; without grouping traces count, by their roots.
        RunGrouping? grouping = address.Group switch
        {
            "name" => new RunGrouping(RunAttribute.Name),
            "model" => new RunGrouping(RunAttribute.Model),
            "tag" => new RunGrouping(RunAttribute.Tag),
            "type" => new RunGrouping(RunAttribute.RunType),
            _ => address.Key is { } key ? new RunGrouping(RunAttribute.Metadata, key) : null,
        };
        var query = new RunStatisticsQuery
        {
            Workspace = workspace,
            ProjectIds = [project.Id],
            From = first,
            IsRoot = grouping is null ? true : null,
            WholeTraces = grouping is null,
            GroupBy = grouping,
            GroupsMax = GroupsMax,
        };
        var points = await figures.GroupsAsync(query with { Bucket = bucket }, cancellationToken);
        var total = await figures.GroupsAsync(query with { GroupBy = null }, cancellationToken);
        var steps = await figures.GroupsAsync(
            query with { IsRoot = null, WholeTraces = false, GroupBy = new RunGrouping(RunAttribute.Name), GroupsMax = 100 }, cancellationToken);
        return new DashboardModel
        {
            Project = project,
            Address = address,
            Total = total[0],
            Charts = [.. grouping is null ? Plain(points, times) : Grouped(points, times), await feedback.ChartAsync(
                workspace, project.Id, times, bucket, cancellationToken)],
            Slowest = [.. steps.OrderByDescending(step => step.Latency.Quantile(0.95) ?? 0).Take(SlowestMax)],
        };
    }

    private static List<DashboardChart> Plain(IReadOnlyList<RunFigures> points, List<DateTimeOffset> times)
    {
        var byTime = points.ToDictionary(point => point.Bucket!.Value);
        return
        [
            Chart("Latency", "s", "line",
                ("p50", p => p.Latency.Quantile(0.5)), ("p95", p => p.Latency.Quantile(0.95)), ("p99", p => p.Latency.Quantile(0.99))),
            Chart("Traces", "count", "bar", ("all", p => p.Runs), ("errors", p => p.Errors)),
            Chart("Error rate", "%", "line", ("errors", p => p.Runs == 0 ? null : 100d * p.Errors / p.Runs)),
            Chart("Tokens", "tokens", "bar", ("all", p => p.TotalTokens), ("prompt", p => p.PromptTokens)),
            Chart("Cost", "$", "bar", ("cost", p => (double?)p.TotalCost)),
            Chart("Time to first token", "s", "line", ("p50", p => p.FirstToken.Quantile(0.5)), ("p95", p => p.FirstToken.Quantile(0.95))),
        ];

        DashboardChart Chart(string title, string unit, string kind, params (string Name, Func<RunFigures, double?> Value)[] series) => new(
            title, unit, kind, [.. times.Select(at => at.ToUnixTimeSeconds())],
            [
                .. series.Select(one => (one.Name, (IReadOnlyList<double?>)[
                    .. times.Select(at => byTime.TryGetValue(at, out var point) ? one.Value(point) : kind == "bar" ? 0 : (double?)null)])),
            ]);
    }

    private static List<DashboardChart> Grouped(IReadOnlyList<RunFigures> points, List<DateTimeOffset> times)
    {
        var names = points.Select(point => point.Group!).Distinct().Take(GroupsMax).ToList();
        var byPlace = points.ToDictionary(point => (point.Group!, point.Bucket!.Value));
        return
        [
            Chart("Latency p95", "s", p => p.Latency.Quantile(0.95)),
            Chart("Runs", "count", p => p.Runs),
            Chart("Error rate", "%", p => p.Runs == 0 ? null : 100d * p.Errors / p.Runs),
            Chart("Tokens", "tokens", p => p.TotalTokens),
            Chart("Cost", "$", p => (double?)p.TotalCost),
        ];

        DashboardChart Chart(string title, string unit, Func<RunFigures, double?> value) => new(
            title, unit, "line", [.. times.Select(at => at.ToUnixTimeSeconds())],
            [.. names.Select(name => (name, (IReadOnlyList<double?>)[
                .. times.Select(at => byPlace.TryGetValue((name, at), out var point) ? value(point) : null)]))]);
    }
}
