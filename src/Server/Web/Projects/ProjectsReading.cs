using LangSmith.Server.Domain;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Web.Projects;

/// <summary>Reads the list of projects with a week of figures. Thread-safe.</summary>
internal sealed class ProjectsReading(ICatalogue catalogue, IRunStatistics statistics, TimeProvider time)
{
    private const int ProjectsMax = 200;
    private const int Days = 7;

    private static readonly TimeSpan s_bucket = TimeSpan.FromHours(4);

    public async Task<ProjectsModel> ReadAsync(WorkspaceId workspace, string find, Uri origin, CancellationToken cancellationToken)
    {
        var projects = await catalogue.ListProjectsAsync(
            new ProjectQuery { Workspace = workspace, NameContains = find.Length == 0 ? null : find, Limit = ProjectsMax }, cancellationToken);
        var first = new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(1 - Days);
        var query = new RunStatisticsQuery
        {
            Workspace = workspace,
            IsRoot = true,
            From = first,
            GroupBy = new RunGrouping(RunAttribute.Project),
            GroupsMax = ProjectsMax,
            WholeTraces = true,
        };
        var week = (await statistics.SummarizeAsync(query, cancellationToken)).ToDictionary(figures => figures.Group!, StringComparer.OrdinalIgnoreCase);
        var overTime = (await statistics.SummarizeAsync(query with { Bucket = s_bucket, WholeTraces = false }, cancellationToken))
            .ToLookup(figures => figures.Group!, StringComparer.OrdinalIgnoreCase);
        return new ProjectsModel(
            find,
            [
                .. projects.Select(project => Card(project, week, overTime, first))
                    .OrderByDescending(card => card.LastRun is not null).ThenByDescending(card => card.LastRun ?? card.Project.StartTime),
            ],
            origin,
            time.GetUtcNow());
    }

    private static ProjectCard Card(
        Project project, Dictionary<string, RunFigures> week, ILookup<string, RunFigures> overTime, DateTimeOffset first)
    {
        var key = project.Id.ToString();
        var bars = new (long Runs, long Errors)[(int)(TimeSpan.FromDays(Days) / s_bucket)];
        foreach (var figures in overTime[key])
        {
            var index = (int)((figures.Bucket!.Value - first) / s_bucket);
            if (index >= 0 && index < bars.Length)
            {
                bars[index] = (figures.Runs, figures.Errors);
            }
        }

        return new ProjectCard(project, week.GetValueOrDefault(key) ?? new RunFigures(), bars);
    }
}
