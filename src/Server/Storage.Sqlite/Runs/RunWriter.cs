using LangSmith.Server.Domain;
using LangSmith.Server.Domain.Folding;
using LangSmith.Server.Domain.Pricing;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Rollups;
using LangSmith.Server.Storage.Sqlite.Writing;

namespace LangSmith.Server.Storage.Sqlite.Runs;

/// <summary>Puts a batch of writes into the journal and folds the runs that they touch. On the writer's thread.</summary>
internal sealed class RunWriter(Statements statements, WriteCache cache, PriceBook prices, DateTimeOffset now)
{
    private readonly RollupNotes _notes = new(statements, now);
    private readonly RunPlaces _places = new(statements);
    private readonly Dictionary<(WorkspaceId, Guid), Touched> _touched = [];
    private readonly Queue<Touched> _parents = [];

    // In the order of their table: what the batch has in common is written once to a page, and not once for each run.
    private readonly SortedSet<(long Hash, long Rid)> _terms = [];

    public WriteOutcome[] Write(IReadOnlyList<PreparedWrite> writes)
    {
        var outcomes = new WriteOutcome[writes.Count];
        for (var index = 0; index < writes.Count; index++)
        {
            outcomes[index] = Add(writes[index]);
        }

        // Parents begin before their children: folded first, they find no children that waited for them.
        foreach (var touched in _touched.Values.OrderBy(touched => touched.StartsAt))
        {
            Fold(touched);
        }

        while (_parents.TryDequeue(out var parent))
        {
            Adopt(parent);
        }

        foreach (var (hash, rid) in _terms)
        {
            statements.Execute("INSERT INTO run_term (hash, rid) VALUES (?1, ?2) ON CONFLICT DO NOTHING", hash, rid);
        }

        _notes.Write();
        return outcomes;
    }

    private WriteOutcome Add(PreparedWrite prepared)
    {
        var write = prepared.Write;
        if (Find(write) is not { } touched)
        {
            return WriteOutcome.Deleted;
        }

        var project = write.ProjectId
            ?? (write.ProjectName is { Length: > 0 } name ? cache.ProjectOf(statements, write.Workspace, name, write.ReceivedAt) : null);
        var sequence = cache.NextSequence();
        var added = statements.Execute(
            """
            INSERT INTO run_write (sequence, rid, kind, hash, received_at, project_id, head, payload, payload_blob)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING
            """,
            sequence, touched.Rid, (long)write.Kind, prepared.HashBytes(), write.ReceivedAt, project,
            prepared.Head, prepared.Payload, prepared.PayloadBlob);
        if (added == 0)
        {
            touched.Resends++;
            return WriteOutcome.Duplicate;
        }

        AddBlobUses(touched.Rid, prepared);
        touched.Added.Add(new JournalEntry(sequence, write with { ProjectId = project, ProjectName = null }, prepared.Digest));
        return WriteOutcome.Accepted;
    }

    /// <summary>The run that a write is about; null when it was deleted.</summary>
    private Touched? Find(RunWrite write)
    {
        var (workspace, runId) = (write.Workspace, write.RunId);
        if (_touched.TryGetValue((workspace, runId), out var touched))
        {
            return touched;
        }

        var rid = statements.Prepare("SELECT rid FROM run WHERE workspace = ?1 AND id = ?2").Scalar(workspace.Value, runId) as long?;
        if (rid is null
            && statements.Prepare("SELECT 1 FROM tombstone WHERE workspace = ?1 AND run_id IN (?2, ?3)")
                .Scalar(workspace.Value, runId, TraceOf(write)) is not null)
        {
            return null;
        }

        touched = new Touched(workspace, runId, rid ?? cache.NextRid(), IsNew: rid is null);
        _touched.Add((workspace, runId), touched);
        return touched;
    }

    private void Fold(Touched touched)
    {
        if (touched.Added.Count == 0)
        {
            statements.Execute("UPDATE run SET resends = resends + ?2 WHERE rid = ?1", touched.Rid, touched.Resends);
            return;
        }

        Write(touched, touched.IsNew ? touched.Added : Journal.Read(statements, touched.Workspace, touched.RunId, touched.Rid));
    }

    private void Write(Touched touched, List<JournalEntry> entries)
    {
        var folded = _places.Complete(RunFold.Fold(entries, FallbackProject(touched, entries), prices.Of(touched.Workspace)));
        var before = touched.IsNew ? null : RunPlaceRow.Find(statements, touched.Workspace, touched.RunId);
        NotePlaces(touched, before, folded.Record);
        RunRow.Write(statements, touched.Rid, folded, _places.IsRoot(folded.Record), touched.Resends);
        AddTerms(touched.Rid, folded, touched.Added);
        if (touched.IsNew || (before?.DottedOrder.Length == 0 && folded.Record.DottedOrder.Length > 0))
        {
            _parents.Enqueue(touched);
        }
    }

    /// <summary>Gives runs that came before their parent, and said nothing of their place but its id, the place that they now have.</summary>
    private void Adopt(Touched parent)
    {
        var children = statements.Prepare("SELECT rid, id FROM run WHERE workspace = ?1 AND parent_run_id = ?2 AND dotted_order = ''")
            .List(row => (Rid: row.Number(0), Id: row.Id(1)), parent.Workspace.Value, parent.RunId);
        foreach (var (rid, id) in children)
        {
            Write(new Touched(parent.Workspace, id, rid, IsNew: false), Journal.Read(statements, parent.Workspace, id, rid));
        }
    }

    /// <summary>A run counts where it is, no longer where it was, and with its tokens in the roots of its trace.</summary>
    private void NotePlaces(Touched touched, RunPlaceRow? before, RunRecord run)
    {
        before?.Touch(_notes, touched.Workspace);
        _notes.Touch(touched.Workspace, run.ProjectId, run.StartTime.UtcTicks);
        if (!touched.IsNew || run.Usage != RunUsage.None)
        {
            _notes.TouchRoots(touched.Workspace, run.TraceId);
        }
    }

    private Guid FallbackProject(Touched touched, List<JournalEntry> entries)
    {
        if (entries.Exists(entry => entry.Write.ProjectId is not null))
        {
            return Guid.Empty;
        }

        // A patch before its post knows its trace, and runs of one trace are mostly of one project.
        var trace = entries.Find(entry => entry.Write.TraceId is not null)?.Write.TraceId;
        var neighbour = trace is null
            ? null
            : statements.Prepare("SELECT project_id FROM run WHERE workspace = ?1 AND trace_id = ?2 LIMIT 1")
                .First(row => (Guid?)row.Id(0), touched.Workspace.Value, trace);
        return neighbour ?? cache.ProjectOf(statements, touched.Workspace, WriteCache.DefaultProject, entries[0].Write.ReceivedAt);
    }

    private void AddTerms(long rid, FoldedRun folded, List<JournalEntry> added)
    {
        // What earlier writes said is there; terms that no longer hold are harmless, because what they find is verified on the run.
        var workspace = folded.Record.Workspace;
        foreach (var term in added.SelectMany(entry => RunTerm.Of(workspace, entry)))
        {
            _terms.Add((term, rid));
        }
    }

    private void AddBlobUses(long rid, PreparedWrite prepared)
    {
        foreach (var blob in (prepared.Write.Attachments ?? []).Select(file => file.Blob).Append(prepared.PayloadBlob).OfType<string>())
        {
            statements.Execute("INSERT INTO blob_use (blob, rid) VALUES (?1, ?2) ON CONFLICT DO NOTHING", blob, rid);
        }
    }

    /// <summary>The trace that a write says, or its dotted order does: a deleted trace takes no new runs.</summary>
    private static Guid TraceOf(RunWrite write) =>
        write.TraceId ?? (Protocol.DottedOrder.TryParse(write.DottedOrder, out var segments) ? segments[0].RunId : write.RunId);

    private sealed record Touched(WorkspaceId Workspace, Guid RunId, long Rid, bool IsNew)
    {
        public List<JournalEntry> Added { get; } = [];

        public DateTimeOffset StartsAt => Added.Count > 0 ? Added[0].Write.StartTime ?? DateTimeOffset.MaxValue : DateTimeOffset.MaxValue;

        public int Resends { get; set; }
    }
}
