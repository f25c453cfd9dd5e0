using LangSmith.Server.Domain;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Web.Datasets;

/// <summary>An experiment over a dataset, with its figures.</summary>
public sealed record ExperimentRow(Project Project, RunFigures Figures, IReadOnlyList<FeedbackSummary> Feedback)
{
    public double ErrorRate => Figures.Runs == 0 ? 0 : (double)Figures.Errors / Figures.Runs;
}
