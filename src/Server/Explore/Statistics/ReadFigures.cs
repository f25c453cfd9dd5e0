using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Explore.Statistics;

/// <summary>Figures over some runs with what others say about them.</summary>
/// <param name="Figures">The figures.</param>
/// <param name="Feedback">The feedback by key; null when it was not asked for or the runs are too many.</param>
/// <param name="ProjectFeedback">The feedback on the project itself; null when it was not asked for.</param>
public sealed record ReadFigures(
    RunFigures Figures, IReadOnlyList<FeedbackSummary>? Feedback, IReadOnlyList<FeedbackSummary>? ProjectFeedback = null);
