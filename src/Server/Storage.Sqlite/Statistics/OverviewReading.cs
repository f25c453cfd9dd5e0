using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Filters;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Storage.Sqlite.Statistics;

/// <summary>Answers from what is kept, and reads the newest runs for the rest.</summary>
internal sealed class OverviewReading(Statements statements, RunOverviewQuery query)
{
    private readonly RunStatisticsQuery _runs = query.Runs with { GroupBy = null };
    private NewestRuns? _newest;

    private NewestRuns Newest => _newest ??= NewestRuns.Read(statements, query);

    public RunOverview Read()
    {
        // A total and a histogram that are not of the same runs would contradict each other.
        var total = Kept(_runs with { Bucket = null });
        var buckets = _runs.Bucket is null ? [] : Kept(_runs);
        var isKept = total is not null && buckets is not null;
        var facets = query.Facets.Select((facet, index) => Facet(facet, index, isKept ? total![0] : null)).ToList();
        return new RunOverview(
            isKept ? total![0] : Newest.Total.ToFigures(group: null, bucket: null),
            isKept ? buckets! : [.. Newest.Buckets.Select(bucket => bucket.Value.ToFigures(null, new DateTimeOffset(bucket.Key, TimeSpan.Zero)))],
            !isKept && Newest.IsPartial,
            facets,
            query.NewestMax == 0 ? [] : Ids());
    }

    private IReadOnlyList<RunFigures>? Kept(RunStatisticsQuery runs) => SqliteRunStatistics.TryKept(statements, runs);

    private RunFacet Facet(RunGrouping grouping, int index, RunFigures? total)
    {
        if (grouping.Attribute == RunAttribute.Status && total is not null && _runs.Filter is null)
        {
            return new RunFacet(grouping, Statuses(total), IsPartial: false);
        }

        return Kept(_runs with { GroupBy = grouping, GroupsMax = query.ValuesMax, Bucket = null, WholeTraces = false }) is { } groups
            ? new RunFacet(grouping, [.. groups.Select(group => (group.Group!, group.Runs))], IsPartial: false)
            : new RunFacet(
                grouping,
                [
                    .. Newest.Facets[index].OrderByDescending(value => value.Value).ThenBy(value => value.Key, StringComparer.Ordinal)
                        .Take(query.ValuesMax).Select(value => (value.Key, value.Value)),
                ],
                Newest.IsPartial);
    }

    private List<(string Value, long Runs)> Statuses(RunFigures total)
    {
        var open = CountOpen();
        (string Value, long Runs)[] all = [("success", total.Runs - total.Errors - open), ("error", total.Errors), ("pending", open)];
        return [.. all.Where(status => status.Runs > 0).OrderByDescending(status => status.Runs)];
    }

    private long CountOpen()
    {
        var sql = OpenSql(statements, _runs);
        return (long)statements.Prepare(sql.Text).Scalar(sql.Values)!;
    }

    internal static SqlText OpenSql(Statements statements, RunStatisticsQuery runs)
    {
        // The status is written out: else the index of open runs is none for this.
        var sql = new SqlText().Add("SELECT count(*) FROM run AS r INDEXED BY run_open WHERE r.status = 0 AND ");
        RunScan.AddConditions(sql, runs, statements);
        return sql;
    }

    private List<Guid> Ids()
    {
        var sql = new SqlText();
        var (isNarrowed, isKeyed) = RunScan.AddConditions(sql, _runs, statements);
        sql.Add($" ORDER BY {(isKeyed ? "+" : "")}r.start_time DESC LIMIT ").Value((long)query.NewestMax)
            .Prepend($"SELECT r.id FROM run AS r{RunQuerySql.Indexes(isNarrowed)} WHERE ");
        return statements.Prepare(sql.Text).List(row => row.Id(0), sql.Values);
    }
}
