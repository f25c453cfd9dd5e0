using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Filters;

namespace LangSmith.Server.Storage.Sqlite.Rollups;

/// <summary>The minutes of a project whose figures hold, and what lies between them.</summary>
internal static class RolledMinutes
{
    private static readonly long s_ticks = RollupSpan.Ticks(RollupGrain.Minute);

    /// <summary>Numbers of the rolled minutes that lie wholly in a range of ticks, ascending, and that keep a dimension.</summary>
    public static List<long> Read(Statements statements, WorkspaceId workspace, Guid project, long firstTick, long endTick, RollupDimension dimension)
    {
        var sql = Sql(workspace, project, firstTick, endTick, dimension);
        return statements.Prepare(sql.Text).List(row => row.Number(0), sql.Values);
    }

    internal static SqlText Sql(WorkspaceId workspace, Guid project, long firstTick, long endTick, RollupDimension dimension)
    {
        var sql = new SqlText();
        sql.Add("SELECT r.number FROM rollup_span AS r WHERE r.workspace = ").Value(workspace.Value).Add(" AND r.project_id = ").Value(project)
            .Add(" AND r.grain = ").Value((long)RollupGrain.Minute).Add(" AND r.number >= ").Value((firstTick + s_ticks - 1) / s_ticks)
            .Add(" AND r.number < ").Value(endTick / s_ticks).Add(" AND r.changes = r.rolled");
        return sql.AndHasDimension(dimension).Add(" ORDER BY r.number");
    }

    /// <summary>The ranges of ticks within a range that no rolled minute covers.</summary>
    public static IEnumerable<(long FirstTick, long EndTick)> Between(List<long> minutes, long firstTick, long endTick)
    {
        var next = firstTick;
        foreach (var minute in minutes)
        {
            if (minute * s_ticks > next)
            {
                yield return (next, minute * s_ticks);
            }

            next = (minute + 1) * s_ticks;
        }

        if (next < endTick)
        {
            yield return (next, endTick);
        }
    }

    /// <summary>Adds that the figures of a span, called <c>r</c>, are kept by a dimension: it had not too many values.</summary>
    public static SqlText AndHasDimension(this SqlText sql, RollupDimension dimension)
    {
        if (dimension == RollupDimension.None)
        {
            return sql;
        }

        var mark = RollupKey.TooMany(dimension);
        return sql.Add(
                " AND NOT EXISTS (SELECT 1 FROM rollup_figures AS m WHERE m.workspace = r.workspace AND m.project_id = r.project_id"
                + " AND m.grain = r.grain AND m.dimension = ")
            .Value((long)mark.Dimension).Add(" AND m.scope = ").Value((long)mark.Scope).Add(" AND m.number = r.number)");
    }
}
