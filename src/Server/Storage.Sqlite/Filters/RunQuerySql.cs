namespace LangSmith.Server.Storage.Sqlite.Filters;

/// <summary>Prints a page's query.</summary>
internal static class RunQuerySql
{
    /// <param name="query">The query.</param>
    /// <param name="columns">What to select of the run, called <c>r</c>.</param>
    /// <param name="visible">What makes a run visible at all.</param>
    /// <returns>One row more than the page holds, when there is one.</returns>
    public static SqlText Print(RunQuery query, string columns, string visible)
    {
        var sql = new SqlText();
        sql.Add($"SELECT {columns} FROM run AS r WHERE ");
        AddConditions(sql, query, visible);
        var direction = query.Ascending ? "ASC" : "DESC";
        if (query.After is { } after)
        {
            sql.Add($" AND (r.start_time, r.id) {(query.Ascending ? ">" : "<")} (").Value(after.StartTime).Add(", ").Value(after.RunId).Add(")");
        }

        return sql.Add($" ORDER BY r.start_time {direction}, r.id {direction} LIMIT ").Value((long)query.Limit + 1);
    }

    /// <summary>Adds everything that a run must satisfy, paging apart.</summary>
    public static void AddConditions(SqlText sql, RunQuery query, string visible)
    {
        sql.Add("r.workspace = ").Value(query.Workspace.Value);
        if (query.Filter is { } filter)
        {
            sql.Add(" AND ");
            new FilterSql(sql, query.Workspace, "r").Add(filter);
        }

        if (query.TraceFilter is { } traceFilter)
        {
            sql.Add(" AND EXISTS (SELECT 1 FROM run AS t WHERE t.workspace = r.workspace AND t.trace_id = r.trace_id AND t.is_root = 1 AND ");
            new FilterSql(sql, query.Workspace, "t").Add(traceFilter);
            sql.Add(")");
        }

        if (query.TreeFilter is { } treeFilter)
        {
            sql.Add(" AND EXISTS (SELECT 1 FROM run AS t WHERE t.workspace = r.workspace AND t.trace_id = r.trace_id AND ");
            new FilterSql(sql, query.Workspace, "t").Add(treeFilter);
            sql.Add(")");
        }

        sql.Add(" AND ").Add(visible);
    }
}
