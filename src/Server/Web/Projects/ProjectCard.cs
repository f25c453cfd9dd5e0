using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Web.Projects;

/// <summary>A project with its last seven days.</summary>
/// <param name="Project">The project.</param>
/// <param name="Week">All seven days together.</param>
/// <param name="Bars">The same in equal pieces, oldest first.</param>
public sealed record ProjectCard(Project Project, RunFigures Week, IReadOnlyList<(long Runs, long Errors)> Bars)
{
    public DateTimeOffset? LastRun => Week.LastStart;

    public double ErrorRate => Week.Runs == 0 ? 0 : (double)Week.Errors / Week.Runs;
}
