using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Runs;

namespace LangSmith.Server.Storage.Sqlite.Statistics;

/// <summary>Lists the threads of a project from the index of its roots.</summary>
internal static class ThreadRows
{
    // That a run is a root is written out: else the index is none for this.
    internal const string Sql =
        $"""
        SELECT r.thread_id, max(r.start_time) AS last, count(*) OVER () FROM run AS r
        WHERE r.workspace = ?1 AND r.project_id = ?2 AND r.is_root = 1 AND r.thread_id IS NOT NULL AND {RunRow.Visible}
        GROUP BY r.thread_id ORDER BY last DESC, r.thread_id LIMIT ?3 OFFSET ?4
        """;

    private const string CountSql =
        $"""
        SELECT count(DISTINCT r.thread_id) FROM run AS r
        WHERE r.workspace = ?1 AND r.project_id = ?2 AND r.is_root = 1 AND r.thread_id IS NOT NULL AND {RunRow.Visible}
        """;

    public static (IReadOnlyList<string> ThreadIds, int Total) Read(Statements statements, WorkspaceId workspace, Guid project, int offset, int limit)
    {
        var rows = statements.Prepare(Sql).List(
            row => (Id: row.Text(0), Total: row.Integer(2)), workspace.Value, project, (long)limit, (long)offset);
        var total = rows is [var first, ..] ? first.Total
            : offset == 0 ? 0 : (int)(long)statements.Prepare(CountSql).Scalar(workspace.Value, project)!;
        return ([.. rows.Select(row => row.Id)], total);
    }
}
