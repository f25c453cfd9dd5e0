using LangSmith.Server.Api.Documents;
using LangSmith.Server.Curation.Queues;
using LangSmith.Server.Explore;
using LangSmith.Server.Explore.Sharing;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Api.Runs;

/// <summary>What people did with runs: gave them away by a token, put them into a queue.</summary>
internal sealed class RunMarks
{
    private Dictionary<Guid, Guid> _shares = [];
    private Dictionary<Guid, DateTimeOffset> _queued = [];

    public static RunMarks None { get; } = new();

    /// <summary>The token under which a run is shared; null when it is not, or it was not asked for.</summary>
    public Guid? ShareOf(Guid run) => _shares.TryGetValue(run, out var token) ? token : null;

    /// <summary>When a run was last put into an annotation queue; null when it never was, or it was not asked for.</summary>
    public DateTimeOffset? QueuedAt(Guid run) => _queued.TryGetValue(run, out var time) ? time : null;

    public static async Task<RunMarks> ReadAsync(HttpContext context, IReadOnlyCollection<ReadRun> runs, bool shares, bool queued)
    {
        if (runs.Count == 0 || (!shares && !queued))
        {
            return None;
        }

        return new RunMarks
        {
            _shares = shares
                ? (await NamedAsync(context, SharedRuns.DocumentKind, runs, run => run.ToString())).ToDictionary(item => item.Run, item => item.Document.Id)
                : [],
            _queued = queued
                ? (await NamedAsync(context, DocumentKinds.QueueItem, runs, QueueItem.NameOf))
                    .GroupBy(item => item.Run, item => item.Document.CreatedAt)
                    .ToDictionary(items => items.Key, items => items.Max())
                : [],
        };
    }

    private static async Task<IEnumerable<(Guid Run, Document Document)>> NamedAsync(
        HttpContext context, string kind, IReadOnlyCollection<ReadRun> runs, Func<Guid, string> nameOf)
    {
        var byName = runs.Select(run => run.Record.Id).Distinct().ToDictionary(nameOf, StringComparer.Ordinal);
        var found = await context.Shelf(kind).ListAsync(query => query with { Names = [.. byName.Keys] });
        return found.Select(document => (byName[document.Name!], document));
    }
}
