using System.Diagnostics.Metrics;
using LangSmith.Client;

namespace LangSmith.Export;

/// <summary>Counts what became of every entry. Each entry is settled exactly once, in one of the columns.</summary>
internal sealed class Ledger : IDisposable
{
    /// <summary>The first reason that means the server refused; the ones before are ours.</summary>
    private const ExportLossReason FirstRejection = ExportLossReason.Unauthorized;

    private static readonly ExportLossReason[] s_reasons = Enum.GetValues<ExportLossReason>();

    private readonly long[] _losses = new long[s_reasons.Length];
    private readonly Meter _meter;
    private readonly Counter<long> _bodyBytes;
    private readonly Histogram<double> _requestSeconds;
    private readonly Func<long> _pendingBytes;
    private long _enqueued;
    private long _delivered;
    private long _duplicate;
    private long _spilled;

    public Ledger(Func<long> pendingBytes)
    {
        _pendingBytes = pendingBytes;
        _meter = new Meter("LangSmith", LangSmithConnection.Version);
        _meter.CreateObservableCounter("langsmith.export.entries", Measure, "{entry}", "Entries by what became of them.");
        _meter.CreateObservableUpDownCounter("langsmith.export.pending", () => Snapshot().Pending, "{entry}", "Entries queued or on their way.");
        _meter.CreateObservableUpDownCounter("langsmith.export.pending.size", pendingBytes, "By", "Bytes held by them.");
        _bodyBytes = _meter.CreateCounter<long>("langsmith.export.body.size", "By", "Bytes of request bodies sent, as compressed.");
        _requestSeconds = _meter.CreateHistogram<double>("langsmith.export.request.duration", "s", "Time of one ingestion request.");
    }

    public void Enqueue(int entries = 1) => Interlocked.Add(ref _enqueued, entries);

    public void Deliver(int entries) => Interlocked.Add(ref _delivered, entries);

    public void Duplicate(int entries) => Interlocked.Add(ref _duplicate, entries);

    public void Lose(ExportLossReason reason, int entries = 1) => Interlocked.Add(ref _losses[(int)reason], entries);

    /// <summary>Moves entries into files, or with a negative number back to the pending.</summary>
    public void Spill(int entries) => Interlocked.Add(ref _spilled, entries);

    public void Request(double seconds, long bytes)
    {
        _requestSeconds.Record(seconds);
        _bodyBytes.Add(bytes);
    }

    public ExportCounters Snapshot()
    {
        // Enqueued is read last: an entry settled meanwhile was enqueued before, so nothing pending ever comes out negative.
        var losses = new Dictionary<ExportLossReason, long>();
        long dropped = 0, rejected = 0;
        foreach (var reason in s_reasons)
        {
            var lost = Interlocked.Read(ref _losses[(int)reason]);
            if (lost > 0)
            {
                losses.Add(reason, lost);
                dropped += reason < FirstRejection ? lost : 0;
                rejected += reason < FirstRejection ? 0 : lost;
            }
        }

        var delivered = Interlocked.Read(ref _delivered);
        var duplicate = Interlocked.Read(ref _duplicate);
        var spilled = Interlocked.Read(ref _spilled);
        var enqueued = Interlocked.Read(ref _enqueued);
        return new ExportCounters
        {
            Enqueued = enqueued,
            Delivered = delivered,
            Duplicate = duplicate,
            Rejected = rejected,
            Dropped = dropped,
            Spilled = spilled,
            Pending = enqueued - delivered - duplicate - rejected - dropped - spilled,
            PendingBytes = _pendingBytes(),
            Losses = losses,
        };
    }

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Measure()
    {
        var now = Snapshot();
        yield return new(now.Enqueued, Outcome("enqueued"));
        yield return new(now.Delivered, Outcome("delivered"));
        yield return new(now.Duplicate, Outcome("duplicate"));
        foreach (var (reason, lost) in now.Losses)
        {
            yield return new(lost, Outcome(reason < FirstRejection ? "dropped" : "rejected"), new("reason", reason.ToString()));
        }
    }

    private static KeyValuePair<string, object?> Outcome(string value) => new("outcome", value);
}
