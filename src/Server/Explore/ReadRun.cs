using LangSmith.Server.Domain;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Explore;

/// <summary>A run with what others say about it.</summary>
/// <param name="Record">The run.</param>
/// <param name="Usage">Tokens and costs of the run and everything below it.</param>
/// <param name="Feedback">Its feedback by key; null when there is none, or it was not asked for.</param>
public sealed record ReadRun(RunRecord Record, RunUsage Usage, IReadOnlyList<FeedbackSummary>? Feedback);
