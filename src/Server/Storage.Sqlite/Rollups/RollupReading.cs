using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Filters;
using LangSmith.Server.Storage.Sqlite.Runs;
using LangSmith.Server.Storage.Sqlite.Statistics;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Storage.Sqlite.Rollups;

/// <summary>Adds up rollups of whole hours, and the runs of hours that changed since or lie half outside of the range.</summary>
internal sealed class RollupReading(Statements statements, RollupQuery query)
{
    private readonly RunStatisticsQuery _runs = query.Runs;
    private readonly Dictionary<(string Group, long Bucket), FiguresSum> _sums = [];

    private sealed record Hour(Guid Project, long Number, bool IsRolled);

    public Dictionary<(string Group, long Bucket), FiguresSum> Run()
    {
        foreach (var hours in Hours().GroupBy(hour => hour.Project))
        {
            AddRollups(hours.Key, [.. hours.Where(hour => hour.IsRolled).Select(hour => hour.Number)]);
            AddRuns(hours.Key, hours.Where(hour => !hour.IsRolled).Select(hour => hour.Number));
        }

        return _sums;
    }

    private List<Hour> Hours()
    {
        var (from, to) = (_runs.From?.UtcTicks ?? 0, _runs.To?.UtcTicks ?? DateTimeOffset.MaxValue.UtcTicks);
        var sql = new SqlText();
        sql.Add("SELECT r.project_id, r.hour, r.changes = r.rolled");
        if (query.Dimension != RollupDimension.None)
        {
            var mark = RollupKey.TooMany(query.Dimension);
            sql.Add(" AND NOT EXISTS (SELECT 1 FROM rollup AS m WHERE m.workspace = r.workspace AND m.project_id = r.project_id AND m.dimension = ")
                .Value((long)mark.Dimension).Add(" AND m.scope = ").Value((long)mark.Scope).Add(" AND m.hour = r.hour)");
        }

        sql.Add(" FROM rollup_hour AS r WHERE r.workspace = ").Value(_runs.Workspace.Value).AndIn("r.project_id", _runs.ProjectIds)
            .Add(" AND r.hour >= ").Value(from / RollupHours.TicksPerHour)
            .Add(" AND r.hour <= ").Value((to - 1) / RollupHours.TicksPerHour)
            .Add(" AND ").Add(RunRow.Visible).Add(" ORDER BY r.project_id, r.hour");
        return statements.Prepare(sql.Text).List(
            row =>
            {
                var (hour, first) = (row.GetInt64(1), row.GetInt64(1) * RollupHours.TicksPerHour);
                return new Hour(row.Id(0), hour, row.GetBoolean(2) && first >= from && first + RollupHours.TicksPerHour <= to);
            },
            sql.Values);
    }

    private void AddRollups(Guid project, HashSet<long> hours)
    {
        if (hours.Count == 0)
        {
            return;
        }

        foreach (var scope in query.Scopes)
        {
            var sql = new SqlText();
            sql.Add("SELECT hour, value, figures FROM rollup WHERE workspace = ").Value(_runs.Workspace.Value)
                .Add(" AND project_id = ").Value(project).Add(" AND dimension = ").Value((long)query.Dimension).Add(" AND scope = ").Value((long)scope)
                .Add(" AND hour >= ").Value(hours.Min()).Add(" AND hour <= ").Value(hours.Max());
            if (query.Value is { } value)
            {
                sql.Add(" AND value = ").Value(value);
            }

            statements.Prepare(sql.Text).Each(
                row =>
                {
                    if (hours.Contains(row.GetInt64(0)))
                    {
                        SumOf(GroupOf(project, row.GetString(1)), BucketOf(row.GetInt64(0))).MergeBytes(row.GetFieldValue<byte[]>(2));
                    }
                },
                sql.Values);
        }
    }

    private void AddRuns(Guid project, IEnumerable<long> hours)
    {
        foreach (var (first, last) in Ranges(hours))
        {
            var from = new DateTimeOffset(first * RollupHours.TicksPerHour, TimeSpan.Zero);
            var to = new DateTimeOffset((last + 1) * RollupHours.TicksPerHour, TimeSpan.Zero);
            var sums = new RunScan(statements, _runs with
            {
                ProjectIds = [project],
                From = _runs.From > from ? _runs.From : from,
                To = _runs.To < to ? _runs.To : to,
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

    private long BucketOf(long hour) =>
        _runs.Bucket is { Ticks: var length } ? hour * RollupHours.TicksPerHour / length * length : 0;

    private FiguresSum SumOf(string group, long bucket)
    {
        if (!_sums.TryGetValue((group, bucket), out var sum))
        {
            _sums.Add((group, bucket), sum = new FiguresSum());
        }

        return sum;
    }
}
