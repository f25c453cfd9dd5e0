using LangSmith.Server.Domain;
using LangSmith.Server.Explore;
using LangSmith.Server.Storage;
using Microsoft.Extensions.Caching.Memory;

namespace LangSmith.Server.Web.Traces;

/// <summary>Traces as they were read last, as long as nothing in them changed: a page asks for its trace again with every click. Thread-safe.</summary>
internal sealed class TraceShelf(RunReading reading, IRunStore runs) : IDisposable
{
    /// <summary>Runs of one trace that a page shows.</summary>
    public const int RunsMax = 25_000;

    private const int KeptRunsMax = 60_000;

    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(2);

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = KeptRunsMax });

    /// <summary>Reads a trace for the tree.</summary>
    public async Task<TraceColumns> FindAsync(WorkspaceId workspace, Guid traceId, CancellationToken cancellationToken)
    {
        var version = await runs.FindTraceVersionAsync(workspace, traceId, cancellationToken);
        if (_kept.TryGetValue((workspace, traceId), out TraceColumns? known) && known!.Version == version)
        {
            return known;
        }

        var all = await reading.TreesAsync(workspace, [traceId], RunsMax + 1, cancellationToken);
        var cut = all.Count > RunsMax;
        var shown = cut ? [.. all.Take(RunsMax)] : all;
        // What was written between the two readings is read again the next time.
        var columns = new TraceColumns(TraceOrder.Of(shown), UsageRollup.Of(shown), cut, version);
        using var entry = _kept.CreateEntry((workspace, traceId));
        entry.Value = columns;
        entry.Size = shown.Count;
        entry.SlidingExpiration = s_kept;
        return columns;
    }

    public void Dispose() => _kept.Dispose();
}
