using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Filters;

namespace LangSmith.Server.Storage.Sqlite.Runs;

/// <summary>Reads traces of thousands of runs: only what the tree and its sums need, because texts and lists are most of what a row costs.</summary>
internal static class TraceRows
{
    private const string Columns =
        "r.id, r.project_id, r.trace_id, r.parent_run_id, r.dotted_order, r.name, r.run_type, r.status, r.start_time, r.end_time, r.first_token_time, "
        + "r.thread_id, r.model, r.prompt_tokens, r.completion_tokens, r.total_tokens, r.usage, r.first_received_at, r.last_received_at";

    public static IReadOnlyList<RunRecord> Read(Statements statements, WorkspaceId workspace, IReadOnlyCollection<Guid> traces, int runsMax)
    {
        // SQLite sorts slower than we do; it must only where there are too many to hold.
        var all = List(statements, Print(workspace, traces).Add(" LIMIT ").Value(runsMax + 1L), workspace);
        return all.Count <= runsMax
            ? [.. all.OrderBy(run => run.StartTime).ThenBy(run => run.Id)]
            : List(statements, Print(workspace, traces).Add(" ORDER BY +r.start_time, r.id LIMIT ").Value((long)runsMax), workspace);
    }

    public static TraceVersion Version(Statements statements, WorkspaceId workspace, Guid trace) => statements.Prepare(
        $"SELECT count(*), total(r.status = 0), max(r.last_received_at) FROM run AS r WHERE r.workspace = ?1 AND r.trace_id = ?2 AND {RunRow.Visible}")
        .First(row => new TraceVersion(row.Integer(0), (int)row.Fraction(1), row.TimeOrNull(2)), workspace.Value, trace);

    internal static SqlText Print(WorkspaceId workspace, IReadOnlyCollection<Guid> traces) => new SqlText()
        .Add($"SELECT {Columns} FROM run AS r WHERE r.workspace = ").Value(workspace.Value).Add(" AND ").In("r.trace_id", traces)
        .Add($" AND {RunRow.Visible}");

    private static List<RunRecord> List(Statements statements, SqlText sql, WorkspaceId workspace) =>
        statements.Prepare(sql.Text).List(row => Read(row, workspace), sql.Values);

    private static RunRecord Read(Row row, WorkspaceId workspace)
    {
        var (prompt, completion, total) = (row.NumberOrNull(13), row.NumberOrNull(14), row.NumberOrNull(15));
        return new RunRecord
        {
            Workspace = workspace,
            Id = row.Id(0),
            ProjectId = row.Id(1),
            TraceId = row.Id(2),
            ParentRunId = row.IdOrNull(3),
            DottedOrder = row.Text(4),
            Name = row.Text(5),
            RunType = row.Text(6),
            Status = (RunStatus)row.Number(7),
            StartTime = row.Time(8),
            EndTime = row.TimeOrNull(9),
            FirstTokenTime = row.TimeOrNull(10),
            ThreadId = row.TextOrNull(11),
            Model = row.TextOrNull(12),
            Usage = row.TextOrNull(16) is { } usage ? StoredUsage.Read(usage, prompt, completion, total) : RunUsage.None,
            FirstReceivedAt = row.Time(17),
            LastReceivedAt = row.Time(18),
        };
    }
}
