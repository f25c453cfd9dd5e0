using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Rollups;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Storage.Sqlite.Statistics;

/// <inheritdoc/>
internal sealed class SqliteRunStatistics(Database database) : IRunStatistics
{
    public Task<IReadOnlyList<RunFigures>> SummarizeAsync(RunStatisticsQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<RunFigures>>(statements => Summarize(statements, query), cancellationToken);

    public Task<RunOverview> OverviewAsync(RunOverviewQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync(statements => new OverviewReading(statements, query).Read(), cancellationToken);

    public Task<(IReadOnlyList<string> ThreadIds, int Total)> ListThreadsAsync(
        WorkspaceId workspace, Guid projectId, int offset, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(statements => ThreadRows.Read(statements, workspace, projectId, offset, limit), cancellationToken);

    /// <summary>The figures, when they are kept; null when runs must be read for them.</summary>
    public static IReadOnlyList<RunFigures>? TryKept(Statements statements, RunStatisticsQuery query) =>
        RollupQuery.TryOf(query) is { } rollups && !RollupFill.IsPending(statements)
            ? Figures(new RollupReading(statements, rollups).Run(), query)
            : null;

    private static IReadOnlyList<RunFigures> Summarize(Statements statements, RunStatisticsQuery query) =>
        TryKept(statements, query) ?? Figures(new RunScan(statements, query).Run(), query);

    private static IReadOnlyList<RunFigures> Figures(Dictionary<(string Group, long Bucket), FiguresSum> sums, RunStatisticsQuery query)
    {
        if (query.GroupBy is null && query.Bucket is null)
        {
            return [sums.Count == 0 ? new RunFigures() : sums.Single().Value.ToFigures(group: null, bucket: null)];
        }

        return [.. sums
            .GroupBy(sum => sum.Key.Group, StringComparer.Ordinal)
            .OrderByDescending(group => group.Sum(sum => sum.Value.Runs))
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Take(query.GroupsMax)
            .SelectMany(group => group
                .OrderBy(sum => sum.Key.Bucket)
                .Select(sum => sum.Value.ToFigures(
                    query.GroupBy is null ? null : group.Key,
                    query.Bucket is null ? null : new DateTimeOffset(sum.Key.Bucket, TimeSpan.Zero))))];
    }
}
