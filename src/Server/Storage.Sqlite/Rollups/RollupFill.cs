using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Writing;

namespace LangSmith.Server.Storage.Sqlite.Rollups;

/// <summary>Notes, in small steps, the hours of the runs that were there before hours were noted. Until then figures are read from the runs.</summary>
internal sealed class RollupFill(Database database, WriterThread writer)
{
    // Runs of a step.
    private const long StepMax = 5_000;

    private sealed record Step(long Rid, List<(byte[] Workspace, byte[] Project, long Hour)> Hours);

    /// <summary>Whether there are hours without a note that have runs.</summary>
    public static bool IsPending(Statements statements) => statements.Prepare("SELECT 1 FROM rollup_fill").Scalar() is not null;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await database.ReadAsync(Read, cancellationToken).ConfigureAwait(false) is { } step)
        {
            await writer.WriteAsync((statements, _) => Write(statements, step)).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static Step? Read(Statements statements) =>
        statements.Prepare("SELECT rid FROM rollup_fill").Scalar() is not long rid
            ? null
            : new Step(rid, statements.Prepare("SELECT DISTINCT workspace, project_id, start_time / ?3 FROM run WHERE rid > ?1 AND rid <= ?2").List(
                row => (row.Bytes(0), row.Bytes(1), row.Number(2)),
                rid - StepMax, rid, RollupSpan.Ticks(RollupGrain.Hour)));

    private static bool Write(Statements statements, Step step)
    {
        foreach (var (workspace, project, hour) in step.Hours)
        {
            statements.Execute(
                """
                INSERT INTO rollup_span (workspace, project_id, grain, number, changes, rolled, changed_at) VALUES (?1, ?2, ?3, ?4, 1, 0, 0)
                ON CONFLICT DO NOTHING
                """,
                workspace, project, (long)RollupGrain.Hour, hour);
        }

        statements.Execute("UPDATE rollup_fill SET rid = ?1", step.Rid - StepMax);
        statements.Execute("DELETE FROM rollup_fill WHERE rid <= 0");
        return true;
    }
}
