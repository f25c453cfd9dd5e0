using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Filters;
using LangSmith.Server.Storage.Sqlite.Runs;
using LangSmith.Server.Storage.Sqlite.Statistics;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Storage.Sqlite.Rollups;

/// <summary>Adds up rollups: of whole hours, of the quiet minutes of hours that changed since or lie half outside of the range, and the runs between.</summary>
internal sealed class RollupReading(Statements statements, RollupQuery query)
{
    private static readonly long s_hourTicks = RollupSpan.Ticks(RollupGrain.Hour);

    private readonly RunStatisticsQuery _runs = query.Runs;
    private readonly Dictionary<(string Group, long Bucket), FiguresSum> _sums = [];

    private sealed record Hour(Guid Project, long Number, bool IsRolled);

    public Dictionary<(string Group, long Bucket), FiguresSum> Run()
    {
        foreach (var hours in Hours().GroupBy(hour => hour.Project))
        {
            AddRollups(hours.Key, RollupGrain.Hour, hours.Where(hour => hour.IsRolled).Select(hour => hour.Number));
            foreach (var (first, last) in Ranges(hours.Where(hour => !hour.IsRolled).Select(hour => hour.Number)))
            {
                AddChanging(hours.Key, Math.Max(From, first * s_hourTicks), Math.Min(To, (last + 1) * s_hourTicks));
            }
        }

        return _sums;
    }

    private long From => _runs.From?.UtcTicks ?? 0;

    private long To => _runs.To?.UtcTicks ?? DateTimeOffset.MaxValue.UtcTicks;

    private List<Hour> Hours()
    {
        var sql = HoursSql();
        return statements.Prepare(sql.Text).List(
            row =>
            {
                var (hour, first) = (row.Number(1), row.Number(1) * s_hourTicks);
                return new Hour(row.Id(0), hour, row.Truth(2) && first >= From && first + s_hourTicks <= To);
            },
            sql.Values);
    }

    internal SqlText HoursSql()
    {
        var sql = new SqlText();
        sql.Add("SELECT r.project_id, r.number, r.changes = r.rolled").AndKeeps(query.Grouping)
            .Add(" FROM rollup_span AS r WHERE r.workspace = ").Value(_runs.Workspace.Value).AndIn("r.project_id", _runs.ProjectIds);
        return sql.Add(" AND r.grain = ").Value((long)RollupGrain.Hour)
            .Add(" AND r.number >= ").Value(From / s_hourTicks)
            .Add(" AND r.number <= ").Value((To - 1) / s_hourTicks)
            .Add(" AND ").Add(RunRow.Visible).Add(" ORDER BY r.project_id, r.number");
    }

    private void AddRollups(Guid project, RollupGrain grain, IEnumerable<long> spans)
    {
        foreach (var span in spans)
        {
            foreach (var scope in query.Scopes)
            {
                var sql = FiguresSql(project, grain, span, scope);
                statements.Prepare(sql.Text).Each(
                    row => SumOf(GroupOf(project, row.Text(0)), BucketOf(span * RollupSpan.Ticks(grain))).MergeBytes(row.Bytes(1)), sql.Values);
            }
        }
    }

    internal SqlText FiguresSql(Guid project, RollupGrain grain, long span, RollupScope scope)
    {
        var sql = new SqlText();
        sql.Add("SELECT value, figures FROM rollup_figures WHERE workspace = ").Value(_runs.Workspace.Value)
            .Add(" AND project_id = ").Value(project).Add(" AND grain = ").Value((long)grain).Add(" AND number = ").Value(span)
            .Add(" AND dimension = ").Value((long)query.Grouping.Dimension).Add(" AND key = ").Value(query.Grouping.Key)
            .Add(" AND scope = ").Value((long)scope);
        return query.Value is { } value ? sql.Add(" AND value = ").Value(value) : sql;
    }

    /// <summary>Hours that changed since they were rolled up: their quiet minutes, and the runs between.</summary>
    private void AddChanging(Guid project, long firstTick, long endTick)
    {
        var minutes = RolledMinutes.Read(statements, _runs.Workspace, project, firstTick, endTick, query.Grouping);
        AddRollups(project, RollupGrain.Minute, minutes);
        foreach (var (first, end) in RolledMinutes.Between(minutes, firstTick, endTick))
        {
            var sums = new RunScan(statements, _runs with
            {
                ProjectIds = [project],
                From = new DateTimeOffset(first, TimeSpan.Zero),
                To = new DateTimeOffset(end, TimeSpan.Zero),
            }).Run();
            foreach (var ((group, bucket), sum) in sums)
            {
                SumOf(group, bucket).Merge(sum);
            }
        }
    }

    /// <summary>Hours that follow each other are read together.</summary>
    private static IEnumerable<(long First, long Last)> Ranges(IEnumerable<long> hours)
    {
        (long First, long Last)? range = null;
        foreach (var hour in hours)
        {
            if (range is { } open && open.Last + 1 != hour)
            {
                yield return open;
                range = null;
            }

            range = (range?.First ?? hour, hour);
        }

        if (range is { } rest)
        {
            yield return rest;
        }
    }

    private string GroupOf(Guid project, string value) => _runs.GroupBy?.Attribute switch
    {
        null => "",
        RunAttribute.Project => project.ToString(),
        _ => value,
    };

    private long BucketOf(long ticks) => _runs.Bucket is { Ticks: var length } ? ticks / length * length : 0;

    private FiguresSum SumOf(string group, long bucket)
    {
        if (!_sums.TryGetValue((group, bucket), out var sum))
        {
            _sums.Add((group, bucket), sum = new FiguresSum());
        }

        return sum;
    }
}
