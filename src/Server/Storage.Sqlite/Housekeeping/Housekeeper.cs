using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Sqlite.Blobs;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Projects;
using LangSmith.Server.Storage.Sqlite.Rollups;
using LangSmith.Server.Storage.Sqlite.Runs;
using LangSmith.Server.Storage.Sqlite.Writing;

namespace LangSmith.Server.Storage.Sqlite.Housekeeping;

/// <summary>Removes what nobody may see any more and gives its space back, in steps so small that no write waits long.</summary>
internal sealed class Housekeeper(SqliteStoreOptions options, Database database, WriterThread writer, FileBlobStore blobs, TimeProvider time)
{
    // Pages given back in a step.
    private const int PagesMax = 256;

    /// <summary>Does all there is to do.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var project in await DeletedProjectsAsync(cancellationToken).ConfigureAwait(false))
        {
            await EraseAsync(project.Workspace, project.Id, DateTimeOffset.MaxValue, cancellationToken).ConfigureAwait(false);
            await writer.WriteAsync((statements, _) => statements.Execute(
                "DELETE FROM feedback INDEXED BY feedback_project WHERE workspace = ?1 AND project_id = ?2", project.Workspace.Value, project.Id))
                .WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        foreach (var project in await LivingProjectsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (options.Retention.Of(project) is { } retention)
            {
                await EraseAsync(project.Workspace, project.Id, time.GetUtcNow() - retention, cancellationToken).ConfigureAwait(false);
            }
        }

        await new RollupFill(database, writer).RunAsync(cancellationToken).ConfigureAwait(false);
        await new Roller(database, writer, options.RollupQuiet, time).RunAsync(cancellationToken).ConfigureAwait(false);
        await writer.WriteAsync((statements, _) => statements.Execute("DELETE FROM document WHERE expires_at <= ?1", time.GetUtcNow()))
            .WaitAsync(cancellationToken).ConfigureAwait(false);
        await RemoveOrphansAsync(cancellationToken).ConfigureAwait(false);
        await ReturnPagesAsync(cancellationToken).ConfigureAwait(false);
    }

    private Task<List<(WorkspaceId Workspace, Guid Id)>> DeletedProjectsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            statements => statements.Prepare("SELECT workspace, id FROM project WHERE is_deleted = 1").List(row => (new WorkspaceId(row.Id(0)), row.Id(1))),
            cancellationToken);

    private Task<List<Project>> LivingProjectsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            statements => statements.Prepare($"SELECT {ProjectRow.Columns} FROM project WHERE is_deleted = 0").List(ProjectRow.Read), cancellationToken);

    private async Task EraseAsync(WorkspaceId workspace, Guid project, DateTimeOffset before, CancellationToken cancellationToken)
    {
        int erased;
        do
        {
            // What is late for a deleted project is hidden with it, and what is late for an expired run expires again: neither is remembered.
            erased = await writer.WriteAsync((statements, _) =>
            {
                var runs = statements
                    .Prepare("SELECT id FROM run WHERE workspace = ?1 AND project_id = ?2 AND start_time < ?3 ORDER BY start_time, id LIMIT ?4")
                    .List(row => row.Id(0), workspace.Value, project, before, (long)RunEraser.StepMax);
                return new RunEraser(statements, time.GetUtcNow()).Erase(workspace, runs, remember: false);
            }).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        while (erased == RunEraser.StepMax);
    }

    private async Task RemoveOrphansAsync(CancellationToken cancellationToken)
    {
        var orphans = await database.ReadAsync(
            statements =>
                statements.Prepare("SELECT blob FROM blob_orphan WHERE since <= ?1").List(row => row.Text(0), time.GetUtcNow() - options.OrphanAge),
            cancellationToken).ConfigureAwait(false);
        foreach (var blob in orphans)
        {
            await writer.WriteAsync((statements, _) =>
            {
                var used = statements.Prepare(
                    "SELECT EXISTS (SELECT 1 FROM blob_use WHERE blob = ?1) OR "
                    + "EXISTS (SELECT 1 FROM example WHERE attachments <> '[]' AND instr(attachments, ?1))")
                    .Scalar(blob) is 1L;
                // On the writer's thread, so that no write can begin to use the file meanwhile; one that is being received keeps it young.
                if (used || blobs.TryDelete(blob, time.GetUtcNow() - options.OrphanAge))
                {
                    statements.Execute("DELETE FROM blob_orphan WHERE blob = ?1", blob);
                }

                return used;
            }).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReturnPagesAsync(CancellationToken cancellationToken)
    {
        long before, after;
        do
        {
            (before, after) = await writer.WriteAsync((statements, _) =>
            {
                var free = FreePages(statements);
                if (free >= PagesMax)
                {
                    statements.Execute($"PRAGMA incremental_vacuum({PagesMax})");
                }

                return (free, FreePages(statements));
            }).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        while (after >= PagesMax && after < before);
    }

    private static long FreePages(Statements statements) => (long)statements.Prepare("PRAGMA freelist_count").Scalar()!;
}
