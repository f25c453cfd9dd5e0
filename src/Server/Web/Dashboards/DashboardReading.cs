using LangSmith.Server.Domain;
using LangSmith.Server.Explore.Statistics;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Statistics;
using LangSmith.Server.Web.Runs;

namespace LangSmith.Server.Web.Dashboards;

/// <summary>Reads dashboards. Thread-safe.</summary>
internal sealed class DashboardReading(FigureReading figures, FeedbackOverTime feedback, ICatalogue catalogue, TimeProvider time)
{
    private const int GroupsMax = 5;
    private const int StepsMax = 100;
    private const int SlowestMax = 8;

    /// <summary>Reads a project's dashboard; null when there is no such project.</summary>
    public async Task<DashboardModel?> ReadAsync(WorkspaceId workspace, string projectName, DashboardAddress address, CancellationToken cancellationToken)
    {
        if (await catalogue.FindProjectAsync(workspace, projectName, cancellationToken) is not { } project)
        {
            return null;
        }

        var (bar, now, range) = (FilterBar.Read(address.Query), time.GetUtcNow(), address.Times);
        var times = range.Buckets(now);
        // Models and most tags are on runs inside traces; without grouping traces count, by their roots.
        var every = new RunStatisticsQuery { Workspace = workspace, ProjectIds = [project.Id], From = times[0], Filter = bar.Filter, GroupsMax = GroupsMax };
        var counted = address.IsOfTraces ? every with { IsRoot = true, WholeTraces = true } : every;
        var read = new DashboardFigures
        {
            Times = times,
            Total = (await figures.GroupsAsync(counted, cancellationToken))[0],
            Before = (await figures.GroupsAsync(counted with { From = times[0] - range.Span, To = now - range.Span }, cancellationToken))[0],
            Points = await figures.GroupsAsync(counted with { Bucket = range.Bucket, GroupBy = Grouping(address) }, cancellationToken),
            Models = address.IsOfTraces
                ? await figures.GroupsAsync(every with { Bucket = range.Bucket, GroupBy = new RunGrouping(RunAttribute.Model) }, cancellationToken)
                : [],
        };
        var steps = await figures.GroupsAsync(every with { GroupBy = new RunGrouping(RunAttribute.Name), GroupsMax = StepsMax }, cancellationToken);
        IReadOnlyList<DashboardChart> charts =
        [
            .. address.IsOfTraces ? DashboardCharts.OfTraces(read) : DashboardCharts.OfGroups(read),
            // Feedback is not on the runs that a filter finds alone.
            .. bar.Filter is null ? [await feedback.ChartAsync(workspace, project.Id, times, range.Bucket, cancellationToken)] : (DashboardChart[])[],
        ];
        return new DashboardModel
        {
            Project = project,
            Address = address,
            Bar = bar,
            Runs = read.Total.Runs,
            Charts = [.. charts.Where(chart => !chart.IsEmpty)],
            Slowest = [.. steps.Where(step => step.Ended > 0).OrderByDescending(step => step.Latency.Quantile(0.95)).Take(SlowestMax)],
        };
    }

    private static RunGrouping? Grouping(DashboardAddress address) => address.Group switch
    {
        "name" => new RunGrouping(RunAttribute.Name),
        "model" => new RunGrouping(RunAttribute.Model),
        "tag" => new RunGrouping(RunAttribute.Tag),
        "type" => new RunGrouping(RunAttribute.RunType),
        _ => address.Key is { } key ? new RunGrouping(RunAttribute.Metadata, key) : null,
    };
}
