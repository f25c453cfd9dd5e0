using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Rollups;

namespace LangSmith.Server.Storage.Sqlite.Runs;

/// <summary>Erases runs with everything that belongs to them. On the writer's thread; few at a time, so that nobody waits long.</summary>
internal sealed class RunEraser(Statements statements, DateTimeOffset now)
{
    /// <summary>How many runs a step may erase: some tens of milliseconds of the writer's time.</summary>
    public const int StepMax = 200;

    private readonly RollupNotes _notes = new(statements, now);

    /// <summary>Erases a step of runs; those that the workspace has not are passed over.</summary>
    /// <param name="workspace">The runs' workspace.</param>
    /// <param name="runIds">The runs, at most <see cref="StepMax"/>.</param>
    /// <param name="remember">Whether late writes must not bring them back.</param>
    /// <returns>How many there were.</returns>
    public int Erase(WorkspaceId workspace, IReadOnlyCollection<Guid> runIds, bool remember)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(runIds.Count, StepMax, nameof(runIds));
        var erased = runIds.Count(run => Erase(workspace, run, remember));
        _notes.Write();
        return erased;
    }

    private bool Erase(WorkspaceId workspace, Guid runId, bool remember)
    {
        if (RunPlaceRow.Find(statements, workspace, runId) is not { } place)
        {
            return false;
        }

        var rid = place.Rid;
        place.Touch(_notes, workspace);

        if (remember)
        {
            statements.Execute(
                "INSERT INTO tombstone (workspace, run_id, deleted_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING", workspace.Value, runId, now);
        }

        foreach (var entry in Journal.Read(statements, workspace, runId, rid))
        {
            foreach (var term in RunTerm.Of(workspace, entry))
            {
                statements.Execute("DELETE FROM run_term WHERE hash = ?1 AND rid = ?2", term, rid);
            }

            foreach (var file in entry.Write.Attachments ?? [])
            {
                Release(file.Blob, rid);
            }
        }

        statements.Prepare("SELECT payload_blob FROM run_write WHERE rid = ?1 AND payload_blob IS NOT NULL")
            .List(row => row.Text(0), rid)
            .ForEach(blob => Release(blob, rid));
        statements.Execute(
            "UPDATE high_water SET rid = max(rid, ?1), sequence = max(sequence, (SELECT max(sequence) FROM run_write WHERE rid = ?1))", rid);
        statements.Execute("INSERT INTO erased_run (rid) VALUES (?1) ON CONFLICT DO NOTHING", rid);
        statements.Execute("DELETE FROM run_write WHERE rid = ?1", rid);
        statements.Execute("DELETE FROM run WHERE rid = ?1", rid);
        statements.Execute("DELETE FROM feedback INDEXED BY feedback_run WHERE workspace = ?1 AND run_id = ?2", workspace.Value, runId);
        return true;
    }

    private void Release(string blob, long rid)
    {
        statements.Execute("DELETE FROM blob_use WHERE blob = ?1 AND rid = ?2", blob, rid);
        statements.Execute(
            """
            INSERT INTO blob_orphan (blob, since) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM blob_use WHERE blob = ?1) ON CONFLICT DO NOTHING
            """,
            blob, now);
    }
}
