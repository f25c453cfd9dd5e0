using LangSmith.Server.Domain;
using LangSmith.Server.Domain.Folding;
using LangSmith.Server.Domain.Pricing;
using LangSmith.Server.Storage.Sqlite.Blobs;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Feedbacks;
using LangSmith.Server.Storage.Sqlite.Filters;
using LangSmith.Server.Storage.Sqlite.Writing;

namespace LangSmith.Server.Storage.Sqlite.Runs;

/// <inheritdoc/>
internal sealed class SqliteRunStore(
    SqliteStoreOptions options, Database database, WriterThread writer, FileBlobStore blobs, PriceBook prices, TimeProvider time) : IRunStore
{
    // One for all writes: those that wait together are made together.
    private readonly JoinedChange<PreparedBatch, ArraySegment<WriteOutcome>> _write = (statements, cache, batches) =>
    {
        foreach (var batch in batches)
        {
            FeedbackRow.Write(statements, batch.Feedback);
        }

        var outcomes = new RunWriter(statements, cache, prices, time.GetUtcNow()).Write([.. batches.SelectMany(batch => batch.Runs)]);
        var end = 0;
        return [.. batches.Select(batch => new ArraySegment<WriteOutcome>(outcomes, (end += batch.Runs.Count) - batch.Runs.Count, batch.Runs.Count))];
    };

    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        var prepared = new PreparedWrite[batch.Runs.Count];
        for (var index = 0; index < prepared.Length; index++)
        {
            prepared[index] = await PreparedWrite.PrepareAsync(batch.Runs[index], blobs, options.PayloadInlineBytesMax, cancellationToken)
                .ConfigureAwait(false);
        }

        var bytes = prepared.Sum(write => write.Bytes) + (1024L * batch.Feedback.Count);
        return await writer.WriteJoinedAsync(_write, new PreparedBatch(prepared, batch.Feedback), bytes).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task<RunRecord?> FindAsync(WorkspaceId workspace, Guid runId, RunPayload payload, CancellationToken cancellationToken) =>
        database.ReadAsync(
            statements => FindRow(statements, workspace, runId) is { } row ? RunPayloads.Fill(statements, row, payload, blobs.ReadAll) : null,
            cancellationToken);

    public Task<RunPage> QueryAsync(RunQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync(
            statements =>
            {
                var terms = new RunTerms(statements);
                var sql = RunQuerySql.Print(query, RunRow.Columns, RunRow.Visible, terms);
                var rows = statements.Prepare(sql.Text).List(RunRow.Read, sql.Values);
                var more = rows.Count > query.Limit;
                var runs = rows.Take(query.Limit).Select(row => RunPayloads.Fill(statements, row, query.Payload, blobs.ReadAll)).ToArray();
                return new RunPage(runs, more ? new RunPosition(runs[^1].StartTime, runs[^1].Id) : null, terms.Search.SearchedUntil);
            },
            cancellationToken);

    public Task<IReadOnlyList<RunRecord>> ListTracesAsync(
        WorkspaceId workspace, IReadOnlyCollection<Guid> traceIds, int runsMax, CancellationToken cancellationToken) =>
        database.ReadAsync(statements => TraceRows.Read(statements, workspace, traceIds, runsMax), cancellationToken);

    public Task<TraceVersion> FindTraceVersionAsync(WorkspaceId workspace, Guid traceId, CancellationToken cancellationToken) =>
        database.ReadAsync(statements => TraceRows.Version(statements, workspace, traceId), cancellationToken);

    public Task<IdentityReport?> FindIdentityAsync(WorkspaceId workspace, Guid runId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            statements =>
            {
                if (FindRow(statements, workspace, runId) is not { } row)
                {
                    return null;
                }

                var entries = Journal.Read(statements, workspace, runId, row.Rid);
                var payloads = Journal.ReadPayloads(statements, entries.Select(entry => entry.Sequence), blobs.ReadAll);
                var resends = statements.Prepare("SELECT resends FROM run WHERE rid = ?1").First(reader => reader.Integer(0), row.Rid);
                return IdentityFold.Report(
                    [.. entries.Select(entry => entry with { Write = PayloadPack.Unpack(entry.Write, payloads[entry.Sequence]) })], resends);
            },
            cancellationToken);

    public async Task<int> DeleteRunsAsync(WorkspaceId workspace, IReadOnlyCollection<Guid> runIds, CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var step in runIds.Chunk(RunEraser.StepMax))
        {
            deleted += await writer.WriteAsync(
                (statements, _) =>
                    new RunEraser(statements, time.GetUtcNow()).Erase(workspace, step, remember: true)).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return deleted;
    }

    public async Task<int> DeleteTracesAsync(WorkspaceId workspace, IReadOnlyCollection<Guid> traceIds, CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var trace in traceIds)
        {
            // The trace's own tombstone comes first: from then on no run can join it.
            await writer.WriteAsync((statements, _) => statements.Execute(
                """
                INSERT INTO tombstone (workspace, run_id, deleted_at)
                SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM run WHERE workspace = ?1 AND trace_id = ?2) ON CONFLICT DO NOTHING
                """,
                workspace.Value, trace, time.GetUtcNow())).WaitAsync(cancellationToken).ConfigureAwait(false);
            var runs = await database.ReadAsync(
                statements => statements.Prepare("SELECT id FROM run WHERE workspace = ?1 AND trace_id = ?2 ORDER BY is_root DESC, start_time")
                    .List(row => row.Id(0), workspace.Value, trace),
                cancellationToken).ConfigureAwait(false);
            deleted += await DeleteRunsAsync(workspace, runs, cancellationToken).ConfigureAwait(false);
        }

        return deleted;
    }

    public Task<Feedback?> FindFeedbackAsync(WorkspaceId workspace, Guid feedbackId, CancellationToken cancellationToken) =>
        database.ReadAsync(statements => FeedbackRow.Find(statements, workspace, feedbackId), cancellationToken);

    public Task<IReadOnlyList<Feedback>> ListFeedbackAsync(FeedbackQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync(statements => FeedbackRow.List(statements, query), cancellationToken);

    public Task<bool> DeleteFeedbackAsync(WorkspaceId workspace, Guid feedbackId, CancellationToken cancellationToken) =>
        writer.WriteAsync((statements, _) => FeedbackRow.Delete(statements, workspace, feedbackId)).WaitAsync(cancellationToken);

    public Task<IReadOnlyDictionary<Guid, IReadOnlyList<FeedbackSummary>>> SummarizeFeedbackAsync(
        WorkspaceId workspace, IReadOnlyCollection<Guid> runIds, CancellationToken cancellationToken) =>
        database.ReadAsync(statements => FeedbackSummaries.Of(statements, workspace, runIds), cancellationToken);

    private static RunRow? FindRow(Statements statements, WorkspaceId workspace, Guid runId) =>
        statements.Prepare($"SELECT {RunRow.Columns} FROM run AS r WHERE r.workspace = ?1 AND r.id = ?2 AND {RunRow.Visible}")
            .First(RunRow.Read, workspace.Value, runId);

    private sealed record PreparedBatch(IReadOnlyList<PreparedWrite> Runs, IReadOnlyList<Feedback> Feedback);
}
