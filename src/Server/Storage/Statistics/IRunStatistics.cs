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
}
