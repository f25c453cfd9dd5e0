using LangSmith.Server.Domain;
using LangSmith.Server.Query;

namespace LangSmith.Server.Storage.Sqlite.Filters;

/// <summary>Prints a page's query.</summary>
internal static class RunQuerySql
{
    /// <param name="query">The query.</param>
    /// <param name="columns">What to select of the run, called <c>r</c>.</param>
    /// <param name="visible">What makes a run visible at all.</param>
    /// <param name="terms">Tells what is rare.</param>
    /// <returns>One row more than the page holds, when there is one.</returns>
    public static SqlText Print(RunQuery query, string columns, string visible, RunTerms terms)
    {
        var sql = new SqlText();
        sql.Add("r.workspace = ").Value(query.Workspace.Value).Add(" AND ");
        var (isNarrowed, isKeyed) = AddConditions(sql, query.Workspace, query.Filter, query.TraceFilter, query.TreeFilter, terms);
        sql.Add(visible);
        var direction = query.Ascending ? "ASC" : "DESC";
        if (query.After is { } after)
        {
            sql.Add($" AND (r.start_time, r.id) {(query.Ascending ? ">" : "<")} (").Value(after.StartTime).Add(", ").Value(after.RunId).Add(")");
        }

        return sql.Add($" ORDER BY {(isKeyed ? "+" : "")}r.start_time {direction}, r.id {direction} LIMIT ").Value((long)query.Limit + 1)
            .Prepend($"SELECT {columns} FROM run AS r{Indexes(isNarrowed)} WHERE ");
    }

    /// <summary>Row ids from a short list are looked up as they are: an index in the order of time would go through all runs.</summary>
    public static string Indexes(bool isNarrowed) => isNarrowed ? " NOT INDEXED" : "";

    /// <summary>Adds what a run must satisfy, each condition followed by AND.</summary>
    /// <returns>What is known of the runs that satisfy them: see <see cref="FilterSql"/>.</returns>
    public static (bool IsNarrowed, bool IsKeyed) AddConditions(
        SqlText sql, WorkspaceId workspace, RunFilter? filter, RunFilter? traceFilter, RunFilter? treeFilter, RunTerms terms)
    {
        var known = (IsNarrowed: false, IsKeyed: false);
        if (filter is not null)
        {
            var conditions = new FilterSql(sql, workspace, "r", terms);
            conditions.Add(filter);
            sql.Add(" AND ");
            known = (conditions.IsNarrowed, conditions.IsKeyed);
        }

        AddOfTrace(sql, workspace, traceFilter, "t.is_root = 1 AND ", terms);
        AddOfTrace(sql, workspace, treeFilter, "", terms);
        return known;
    }

    private static void AddOfTrace(SqlText sql, WorkspaceId workspace, RunFilter? filter, string which, RunTerms terms)
    {
        if (filter is not null)
        {
            sql.Add($"EXISTS (SELECT 1 FROM run AS t WHERE t.workspace = r.workspace AND t.trace_id = r.trace_id AND {which}");
            new FilterSql(sql, workspace, "t", terms).Add(filter);
            sql.Add(") AND ");
        }
    }
}
