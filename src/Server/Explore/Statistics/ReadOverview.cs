using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Explore.Statistics;

/// <summary>What stands around a table of runs.</summary>
/// <param name="Overview">Figures and counts.</param>
/// <param name="Feedback">The feedback of the newest runs by key.</param>
public sealed record ReadOverview(RunOverview Overview, IReadOnlyList<FeedbackSummary> Feedback);
