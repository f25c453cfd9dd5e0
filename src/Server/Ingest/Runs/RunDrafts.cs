using LangSmith.Server.Domain;

namespace LangSmith.Server.Ingest.Runs;

/// <summary>The writes of one body in its order, found by kind and id while parts come in.</summary>
internal sealed class RunDrafts
{
    private readonly List<RunDraft> _inOrder = [];
    private readonly Dictionary<(RunWriteKind Kind, string Id), RunDraft> _latest = [];
    private readonly Dictionary<string, List<RunAttachment>> _waiting = new(StringComparer.OrdinalIgnoreCase);

    public int Count => _inOrder.Count;

    /// <summary>The draft for a run object; a second object of one kind and id is a write of its own.</summary>
    public RunDraft ForMain(RunWriteKind kind, string id, string where) =>
        _latest.TryGetValue(Key(kind, id), out var draft) && !draft.HasMain ? draft : Add(kind, id, where);

    /// <summary>The draft for a field: the latest of its kind and id.</summary>
    public RunDraft ForField(RunWriteKind kind, string id, string where) =>
        _latest.TryGetValue(Key(kind, id), out var draft) ? draft : Add(kind, id, where);

    /// <summary>Gives an attachment to the latest write of its run, or keeps it until the body is read.</summary>
    public void Attach(string id, RunAttachment attachment)
    {
        if ((_latest.GetValueOrDefault(Key(RunWriteKind.Post, id)) ?? _latest.GetValueOrDefault(Key(RunWriteKind.Patch, id))) is { } draft)
        {
            draft.Attachments.Add(attachment);
        }
        else if (_waiting.TryGetValue(id, out var list))
        {
            list.Add(attachment);
        }
        else
        {
            _waiting[id] = [attachment];
        }
    }

    /// <summary>All writes; attachments whose run is not in the body become a patch of their own.</summary>
    public IReadOnlyList<RunDraft> Complete()
    {
        foreach (var (id, attachments) in _waiting)
        {
            var draft = _inOrder.Find(d => string.Equals(d.Id, id, StringComparison.OrdinalIgnoreCase))
                ?? Add(RunWriteKind.Patch, id, $"attachment.{id}");
            draft.Attachments.AddRange(attachments);
        }

        _waiting.Clear();
        return _inOrder;
    }

    private static (RunWriteKind Kind, string Id) Key(RunWriteKind kind, string id) => (kind, id.ToUpperInvariant());

    private RunDraft Add(RunWriteKind kind, string id, string where)
    {
        var draft = new RunDraft(kind, id, where);
        _inOrder.Add(draft);
        _latest[Key(kind, id)] = draft;
        return draft;
    }
}
