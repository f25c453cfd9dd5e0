using LangSmith.Server.Api.Http;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore.Statistics;

namespace LangSmith.Server.Api.Projects;

/// <summary>The order in which projects are listed when it is not the store's own: newest first.</summary>
internal sealed class ProjectOrder
{
    // The figures of each must be read before the first can be shown.
    private const int ByFiguresMax = 1_000;

    // Names are compared as they are written, everywhere alike.
    private static readonly Comparer<IComparable?> s_comparer = Comparer<IComparable?>.Create((one, other) =>
        one is string text ? string.CompareOrdinal(text, (string?)other) : Comparer<IComparable?>.Default.Compare(one, other));

    private readonly Func<Project, IComparable?>? _byProject;
    private readonly Func<ReadFigures, IComparable?>? _byFigures;
    private readonly bool _descending;

    private ProjectOrder(Func<Project, IComparable?>? byProject, Func<ReadFigures, IComparable?>? byFigures, bool descending) =>
        (_byProject, _byFigures, _descending) = (byProject, byFigures, descending);

    /// <summary>Reads <c>sort_by</c>; null when the store's order is asked for.</summary>
    public static ProjectOrder? Read(RequestValues values, bool descending)
    {
        return values.Text("sort_by")?.ToLowerInvariant() switch
        {
            null or "" or "start_time" => descending ? null : new ProjectOrder(project => project.StartTime, null, descending),
            "name" => new ProjectOrder(project => project.Name, null, descending),
            "last_run_start_time" => new ProjectOrder(null, read => read.Figures.LastStart, descending),
            "latency_p50" => new ProjectOrder(null, read => read.Figures.Latency.Quantile(0.5), descending),
            "latency_p99" => new ProjectOrder(null, read => read.Figures.Latency.Quantile(0.99), descending),
            "runs_count" => new ProjectOrder(null, read => read.Figures.Runs, descending),
            "error_rate" => new ProjectOrder(null, read => read.Figures.Runs == 0 ? null : (double)read.Figures.Errors / read.Figures.Runs, descending),
            "feedback" => ByFeedback(values.Text("sort_by_feedback_key"), descending),
            var other => throw ProblemException.Invalid(
                $"'sort_by' is '{other}'; give name, start_time, last_run_start_time, latency_p50, latency_p99, error_rate, runs_count or feedback."),
        };
    }

    public async Task<IReadOnlyList<Project>> ApplyAsync(IReadOnlyList<Project> projects, FigureReading reading, CancellationToken cancellationToken)
    {
        if (_byFigures is not null && projects.Count > ByFiguresMax)
        {
            throw ProblemException.Invalid(
                $"{projects.Count:N0} projects match; by figures, {ByFiguresMax:N0} can be sorted. Narrow them by name or metadata.");
        }

        var keyed = new List<(Project Project, IComparable? Key)>(projects.Count);
        foreach (var project in projects)
        {
            keyed.Add((project, _byProject is not null
                ? _byProject(project)
                : _byFigures!(await reading.OfProjectAsync(project.Workspace, project.Id, from: null, cancellationToken))));
        }

        var knownFirst = keyed.OrderBy(item => item.Key is null);
        var ordered = _descending ? knownFirst.ThenByDescending(item => item.Key, s_comparer) : knownFirst.ThenBy(item => item.Key, s_comparer);
        return [.. ordered.Select(item => item.Project)];
    }

    private static ProjectOrder ByFeedback(string? key, bool descending) => key is null
        ? throw ProblemException.Invalid("'sort_by' is 'feedback'; name the key in 'sort_by_feedback_key'.")
        : new ProjectOrder(null, read => read.Feedback?.FirstOrDefault(feedback => feedback.Key == key)?.Average, descending);
}
