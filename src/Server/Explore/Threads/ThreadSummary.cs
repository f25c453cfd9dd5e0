using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Explore.Threads;

/// <summary>A conversation: the root runs that share a thread id, its turns.</summary>
/// <param name="ThreadId">Its id, from the metadata of its runs.</param>
/// <param name="First">The oldest turn.</param>
/// <param name="Last">The newest turn.</param>
/// <param name="Figures">The figures of its turns, tokens and costs of whole traces.</param>
public sealed record ThreadSummary(string ThreadId, RunRecord First, RunRecord Last, RunFigures Figures);
