using LangSmith.Server.Explore.Statistics;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Api.Json;

/// <summary>The figures of a project.</summary>
/// <param name="Runs">Those of its traces.</param>
/// <param name="Feedback">What is said about the project itself.</param>
internal sealed record ProjectFigures(ReadFigures Runs, IReadOnlyList<FeedbackSummary> Feedback);
