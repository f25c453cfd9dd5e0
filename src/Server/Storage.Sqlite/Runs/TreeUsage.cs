using LangSmith.Server.Domain;
using LangSmith.Server.Domain.Folding;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Filters;
using Microsoft.Data.Sqlite;

namespace LangSmith.Server.Storage.Sqlite.Runs;

/// <summary>Adds up what runs and everything below them used.</summary>
internal static class TreeUsage
{
    private const string Columns = "r.prompt_tokens, r.completion_tokens, r.total_tokens, r.usage";

    public static IReadOnlyDictionary<Guid, RunUsage> Of(Statements statements, WorkspaceId workspace, IReadOnlyCollection<RunRecord> runs)
    {
        var usages = OfTraces(statements, workspace, [.. runs.Where(run => run.IsRoot && run.TraceId == run.Id).Select(run => run.Id)]);
        foreach (var run in runs.Where(run => !usages.ContainsKey(run.Id)))
        {
            // UNION, not UNION ALL: parents in a circle end there.
            usages[run.Id] = UsageSum.Of(statements.Prepare(
                $"""
                WITH RECURSIVE below (id) AS (
                    SELECT ?2 UNION SELECT c.id FROM below JOIN run AS c ON c.workspace = ?1 AND c.parent_run_id = below.id)
                SELECT {Columns} FROM below JOIN run AS r ON r.workspace = ?1 AND r.id = below.id WHERE r.usage IS NOT NULL
                """).List(row => Read(row, 0), workspace.Value, run.Id));
        }

        return usages;
    }

    private static Dictionary<Guid, RunUsage> OfTraces(Statements statements, WorkspaceId workspace, IReadOnlyCollection<Guid> traces)
    {
        if (traces.Count == 0)
        {
            return [];
        }

        var sql = new SqlText();
        sql.Add($"SELECT r.trace_id, {Columns} FROM run AS r WHERE r.workspace = ").Value(workspace.Value)
            .AndIn("r.trace_id", traces).Add(" AND r.usage IS NOT NULL");
        var used = statements.Prepare(sql.Text)
            .List(row => (Trace: row.Id(0), Usage: Read(row, 1)), sql.Values)
            .ToLookup(run => run.Trace, run => run.Usage);
        return traces.Distinct().ToDictionary(trace => trace, trace => UsageSum.Of([.. used[trace]]));
    }

    private static RunUsage Read(SqliteDataReader row, int column) =>
        StoredUsage.Read(row.GetString(column + 3), row.NumberOrNull(column), row.NumberOrNull(column + 1), row.NumberOrNull(column + 2));
}
