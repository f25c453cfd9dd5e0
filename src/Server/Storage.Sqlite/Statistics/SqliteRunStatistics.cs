using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Rollups;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Storage.Sqlite.Statistics;

/// <inheritdoc/>
internal sealed class SqliteRunStatistics(Database database) : IRunStatistics
{
    public Task<IReadOnlyList<RunFigures>> SummarizeAsync(RunStatisticsQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<RunFigures>>(statements => Summarize(statements, query), cancellationToken);

    private static IReadOnlyList<RunFigures> Summarize(Statements statements, RunStatisticsQuery query)
    {
        var sums = RollupQuery.TryOf(query) is { } rollups && !RollupFill.IsPending(statements)
            ? new RollupReading(statements, rollups).Run()
            : new RunScan(statements, query).Run();
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
