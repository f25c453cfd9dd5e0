using System.Globalization;
using System.Text;

namespace LangSmith.Export;

/// <summary>What became of everything that was handed to the exporter: a snapshot.</summary>
/// <remarks>
/// Counts entries: a run that is sent in two steps (its start, then its end) is two, one that ended while still queued is one, a feedback
/// is one. <c>Enqueued = Delivered + Duplicate + Rejected + Dropped + Spilled + Pending</c> holds in every snapshot.
/// </remarks>
public sealed record ExportCounters
{
    /// <summary>Entries handed over, those that were dropped at once included.</summary>
    public long Enqueued { get; init; }

    /// <summary>Entries that the server acknowledged.</summary>
    public long Delivered { get; init; }

    /// <summary>Entries that the server already had; nothing is lost.</summary>
    public long Duplicate { get; init; }

    /// <summary>Entries that the server refused for good.</summary>
    public long Rejected { get; init; }

    /// <summary>Entries given up by this process; <see cref="Losses"/> says why.</summary>
    public long Dropped { get; init; }

    /// <summary>Entries that wait in files for the server to answer again.</summary>
    public long Spilled { get; init; }

    /// <summary>Entries queued or on their way.</summary>
    public long Pending { get; init; }

    /// <summary>Bytes that the pending entries hold, an estimate.</summary>
    public long PendingBytes { get; init; }

    /// <summary>The rejected and the dropped by reason; reasons that did not occur are absent.</summary>
    public IReadOnlyDictionary<ExportLossReason, long> Losses { get; init; } = new Dictionary<ExportLossReason, long>();

    /// <summary>All counts in one line, for logs: <c>... Pending = 0, PendingBytes = 0, Losses = { QueueBytes = 3 }</c>.</summary>
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Enqueued = {Enqueued}, Delivered = {Delivered}, Duplicate = {Duplicate}, Rejected = {Rejected}, ")
            .Append(CultureInfo.InvariantCulture, $"Dropped = {Dropped}, Spilled = {Spilled}, Pending = {Pending}, PendingBytes = {PendingBytes}, ")
            .Append(CultureInfo.InvariantCulture, $"Losses = {{ {string.Join(", ", Losses.Select(loss => $"{loss.Key} = {loss.Value}"))} }}");
        return true;
    }
}
