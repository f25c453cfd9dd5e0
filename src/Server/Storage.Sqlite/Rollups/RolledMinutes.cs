using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Filters;

namespace LangSmith.Server.Storage.Sqlite.Rollups;

/// <summary>The minutes of a project whose figures hold, and what lies between them.</summary>
internal static class RolledMinutes
{
    private static readonly long s_ticks = RollupSpan.Ticks(RollupGrain.Minute);

    /// <summary>Numbers of the rolled minutes that lie wholly in a range of ticks, ascending, and that keep figures by a grouping.</summary>
    public static List<long> Read(Statements statements, WorkspaceId workspace, Guid project, long firstTick, long endTick, RollupGrouping grouping)
    {
        var sql = Sql(workspace, project, firstTick, endTick, grouping);
        return statements.Prepare(sql.Text).List(row => row.Number(0), sql.Values);
    }

    internal static SqlText Sql(WorkspaceId workspace, Guid project, long firstTick, long endTick, RollupGrouping grouping)
    {
        var sql = new SqlText();
        sql.Add("SELECT r.number FROM rollup_span AS r WHERE r.workspace = ").Value(workspace.Value).Add(" AND r.project_id = ").Value(project)
            .Add(" AND r.grain = ").Value((long)RollupGrain.Minute).Add(" AND r.number >= ").Value((firstTick + s_ticks - 1) / s_ticks)
            .Add(" AND r.number < ").Value(endTick / s_ticks).Add(" AND r.changes = r.rolled");
        return sql.AndKeeps(grouping).Add(" ORDER BY r.number");
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

    /// <summary>Adds that figures by a grouping are kept of a span, called <c>r</c>.</summary>
    public static SqlText AndKeeps(this SqlText sql, RollupGrouping grouping)
    {
        if (grouping.Dimension == RollupDimension.None)
        {
            return sql;
        }

        sql.Add(
                " AND NOT EXISTS (SELECT 1 FROM rollup_figures AS m WHERE m.workspace = r.workspace AND m.project_id = r.project_id"
                + " AND m.grain = r.grain AND m.number = r.number AND m.dimension = ")
            .Value((long)grouping.Dimension).Add(" AND m.scope = ").Value((long)RollupKey.Mark).Add(" AND m.key ");
        return grouping.Dimension == RollupDimension.Metadata
            ? sql.Add("IN (").Value(RollupGrouping.AnyMetadata.Key).Add(", ").Value(grouping.Key).Add("))")
            : sql.Add("= ").Value(grouping.Key).Add(")");
    }
}
