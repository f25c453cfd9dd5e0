using LangSmith.Server.Domain;
using LangSmith.Server.Domain.Digest;
using LangSmith.Server.Domain.Folding;
using LangSmith.Server.Domain.Pricing;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;

namespace Server.Tests.Support.Memory;

/// <summary>The run store's contract word for word: a journal, folded at each read.</summary>
internal sealed class MemoryRunStore(ICatalogue catalogue, TimeProvider time) : IRunStore
{
    private readonly Dictionary<(WorkspaceId, Guid), List<JournalEntry>> _journal = [];
    private readonly Dictionary<(WorkspaceId, Guid), int> _resends = [];
    private readonly Dictionary<(WorkspaceId, Guid), Feedback> _feedback = [];
    private readonly Lock _lock = new();
    private long _sequence;

    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        var outcomes = new List<WriteOutcome>();
        foreach (var write in batch.Runs)
        {
            var placed = write.ProjectId is null && write.ProjectName is { } name
                ? write with { ProjectId = await ProjectAsync(write.Workspace, name) }
                : write;
            lock (_lock)
            {
                var key = (write.Workspace, write.RunId);
                var entries = _journal.TryGetValue(key, out var list) ? list : _journal[key] = [];
                if (entries.Any(e => e.Write.Kind == write.Kind && e.Write.ContentHash == write.ContentHash))
                {
                    _resends[key] = _resends.GetValueOrDefault(key) + 1;
                    outcomes.Add(WriteOutcome.Duplicate);
                    continue;
                }

                entries.Add(new JournalEntry(++_sequence, placed, PayloadDigest.Of(placed)));
                outcomes.Add(WriteOutcome.Accepted);
            }
        }

        lock (_lock)
        {
            foreach (var feedback in batch.Feedback)
            {
                _feedback[(feedback.Workspace, feedback.Id)] = feedback;
            }
        }

        return outcomes;
    }

    public Task<RunRecord?> FindAsync(WorkspaceId workspace, Guid runId, RunPayload payload, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_journal.TryGetValue((workspace, runId), out var entries) ? Fold(entries) : null);
        }
    }

    public Task<RunPage> QueryAsync(RunQuery query, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var all = _journal.Where(j => j.Key.Item1 == query.Workspace).Select(j => Fold(j.Value))
                .Where(r => query.Filter?.Matches(new RunFacts(r, new Dictionary<string, string>())) != false);
            var sorted = query.Ascending
                ? all.OrderBy(Position)
                : all.OrderByDescending(Position);
            var after = sorted.Where(r => query.After is not { } place
                || (query.Ascending ? Position(r).CompareTo((place.StartTime, place.RunId)) > 0 : Position(r).CompareTo((place.StartTime, place.RunId)) < 0));
            RunRecord[] page = [.. after.Take(query.Limit + 1)];
            return Task.FromResult(page.Length <= query.Limit
                ? new RunPage(page, null)
                : new RunPage(page[..^1], new RunPosition(page[^2].StartTime, page[^2].Id)));
        }
    }

    private static (DateTimeOffset Start, Guid Id) Position(RunRecord run) => (run.StartTime, run.Id);

    public Task<IdentityReport?> FindIdentityAsync(WorkspaceId workspace, Guid runId, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_journal.TryGetValue((workspace, runId), out var entries)
                ? IdentityFold.Report(entries, _resends.GetValueOrDefault((workspace, runId)))
                : null);
        }
    }

    public Task<Feedback?> FindFeedbackAsync(WorkspaceId workspace, Guid feedbackId, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_feedback.GetValueOrDefault((workspace, feedbackId)));
        }
    }

    public Task<IReadOnlyList<Feedback>> ListFeedbackAsync(FeedbackQuery query, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<Feedback>>([.. _feedback.Values
                .Where(f => f.Workspace == query.Workspace)
                .Where(f => query.RunIds.Count == 0 || query.RunIds.Contains(f.RunId ?? default))
                .Where(f => query.Keys.Count == 0 || query.Keys.Contains(f.Key))
                .OrderByDescending(f => f.CreatedAt).Skip(query.Offset).Take(query.Limit)]);
        }
    }

    public Task<bool> DeleteFeedbackAsync(WorkspaceId workspace, Guid feedbackId, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_feedback.Remove((workspace, feedbackId)));
        }
    }

    public Task<IReadOnlyDictionary<Guid, IReadOnlyList<FeedbackSummary>>> SummarizeFeedbackAsync(
        WorkspaceId workspace, IReadOnlyCollection<Guid> runIds, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyDictionary<Guid, IReadOnlyList<FeedbackSummary>>>(_feedback.Values
                .Where(f => f.Workspace == workspace && f.RunId is { } id && runIds.Contains(id))
                .GroupBy(f => f.RunId!.Value)
                .ToDictionary(g => g.Key, g => (IReadOnlyList<FeedbackSummary>)[.. g.GroupBy(f => f.Key)
                    .Select(k => new FeedbackSummary { Key = k.Key, Count = k.Count() })]));
        }
    }

    private static RunRecord Fold(List<JournalEntry> entries)
    {
        var folded = RunFold.Fold(entries, Guid.Empty, PriceList.BuiltIn);
        return folded.Record with
        {
            Inputs = From(folded.InputsFrom, w => w.Inputs),
            Outputs = From(folded.OutputsFrom, w => w.Outputs),
            Events = From(folded.EventsFrom, w => w.Events),
            Serialized = From(folded.SerializedFrom, w => w.Serialized),
            Extra = ExtraMerge.Merge([.. folded.ExtraFrom.Select(s => From(s, w => w.Extra))]),
        };

        ReadOnlyMemory<byte> From(long? sequence, Func<RunWrite, ReadOnlyMemory<byte>> field) =>
            sequence is null ? default : field(entries.Single(e => e.Sequence == sequence).Write);
    }

    private async Task<Guid> ProjectAsync(WorkspaceId workspace, string name)
    {
        var wanted = new Project { Id = LangSmith.Uuid7.NewGuid(), Workspace = workspace, Name = name, StartTime = time.GetUtcNow() };
        return (await catalogue.CreateProjectAsync(wanted, CancellationToken.None)).Project.Id;
    }
}
