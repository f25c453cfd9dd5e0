using LangSmith.Server.Domain;

namespace LangSmith.Server.Storage.Statistics;

/// <summary>Figures over many runs: counts, latencies, tokens, costs.</summary>
/// <remarks>Counts and sums are exact, quantiles right within 1 %. Reads see what was acknowledged before. Thread-safe.</remarks>
public interface IRunStatistics
{
    /// <summary>Aggregates the runs that a query matches.</summary>
    /// <returns>
    /// Without grouping and buckets exactly one element, also when no run matches. Otherwise one element for each group and bucket that has
    /// runs: the groups with the most runs first, the buckets of a group in order of time.
    /// </returns>
    Task<IReadOnlyList<RunFigures>> SummarizeAsync(RunStatisticsQuery query, CancellationToken cancellationToken);

    /// <summary>Counts what stands around a table of runs, in a time that does not grow with them.</summary>
    /// <remarks>What an engine keeps is exact. For the rest it reads the newest matching runs, once for everything, and says so.</remarks>
    Task<RunOverview> OverviewAsync(RunOverviewQuery query, CancellationToken cancellationToken);

    /// <summary>The threads of a project's root runs, newest activity first.</summary>
    /// <param name="workspace">Whose.</param>
    /// <param name="projectId">The project.</param>
    /// <param name="offset">Threads to leave out.</param>
    /// <param name="limit">Threads at most.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Their ids, and how many threads there are in all.</returns>
    Task<(IReadOnlyList<string> ThreadIds, int Total)> ListThreadsAsync(
        WorkspaceId workspace, Guid projectId, int offset, int limit, CancellationToken cancellationToken);
}
