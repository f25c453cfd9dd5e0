using LangSmith.Server.Domain;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Web.Projects;

/// <summary>Reads the list of projects with a week of figures. Thread-safe.</summary>
internal sealed class ProjectsReading(ICatalogue catalogue, IRunStatistics statistics, TimeProvider time)
{
    private const int ProjectsMax = 200;
    private const int Days = 7;

    public async Task<ProjectsModel> ReadAsync(WorkspaceId workspace, string find, Uri origin, CancellationToken cancellationToken)
    {
        var projects = await catalogue.ListProjectsAsync(
            new ProjectQuery { Workspace = workspace, NameContains = find.Length == 0 ? null : find, Limit = ProjectsMax }, cancellationToken);
        var today = new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        var query = new RunStatisticsQuery
        {
            Workspace = workspace,
            IsRoot = true,
            From = today.AddDays(1 - Days),
            GroupBy = new RunGrouping(RunAttribute.Project),
            GroupsMax = ProjectsMax,
            WholeTraces = true,
        };
        var week = (await statistics.SummarizeAsync(query, cancellationToken)).ToDictionary(figures => figures.Group!, StringComparer.OrdinalIgnoreCase);
        var byDay = (await statistics.SummarizeAsync(query with { Bucket = TimeSpan.FromDays(1), WholeTraces = false }, cancellationToken))
            .ToLookup(figures => figures.Group!, StringComparer.OrdinalIgnoreCase);
        return new ProjectsModel(
            find,
            [
                .. projects.Select(project => Card(project, week, byDay, today))
                    .OrderByDescending(card => card.LastRun is not null).ThenByDescending(card => card.LastRun ?? card.Project.StartTime),
            ],
            origin);
    }

    private static ProjectCard Card(
        Project project, Dictionary<string, RunFigures> week, ILookup<string, RunFigures> byDay, DateTimeOffset today)
    {
        var key = project.Id.ToString();
        var days = new (long Runs, long Errors)[Days];
        foreach (var figures in byDay[key])
        {
            var index = Days - 1 - (int)(today - figures.Bucket!.Value).TotalDays;
            if (index is >= 0 and < Days)
            {
                days[index] = (figures.Runs, figures.Errors);
            }
        }

        return new ProjectCard(project, week.GetValueOrDefault(key) ?? new RunFigures(), days);
    }
}
