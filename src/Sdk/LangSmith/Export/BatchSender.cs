using LangSmith.Client;
using Microsoft.Extensions.Logging;

namespace LangSmith.Export;

/// <summary>Brings a batch to the server in whatever form it takes, and settles every entry in the ledger exactly once.</summary>
internal sealed class BatchSender(
    LangSmithConnection connection, ExportOptions options, Ledger ledger, ServerInfoSource info, TimeProvider time, ILogger logger)
{
    private readonly RequestSender _requests = new(connection, options, ledger, time, logger);
    private readonly string _endpoint = connection.Endpoint.ToString();
    private readonly SpillFolder? _spill = options.SpillDirectory is { } folder ? new SpillFolder(folder, options.SpillBytesMax, logger) : null;
    private int _replaying;
    private volatile bool _multipartOff;
    private volatile bool _compressionOff;
    private volatile bool _answers;

    /// <summary>Sends entries in their order; returns when the fate of each is known.</summary>
    /// <returns>False when the server could not be reached in time: the entries from there on were given up.</returns>
    public async Task<bool> SendAsync(IReadOnlyList<BatchItem> items, CancellationToken abort)
    {
        var settled = new Settlement(items.Count);
        try
        {
            return await SendAsync(items.ToArray(), settled, abort).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Border: a defect of ours must cost one batch, not the exporter, and must be counted.
            Log.Defect(logger, exception);
            ledger.Lose(ExportLossReason.Unencodable, settled.Open);
            return true;
        }
    }

    private async Task<bool> SendAsync(ArraySegment<BatchItem> items, Settlement settled, CancellationToken abort)
    {
        var server = await info.GetAsync(abort).ConfigureAwait(false);
        var multipart = server.TakesMultipart && !_multipartOff;
        var feedbackParts = multipart && server.TakesFeedbackParts;
        var encoding = options.Compress && !_compressionOff ? server.Encoding : BodyEncoding.Plain;
        var inBody = items.Where(item => item.Operation is not null || (feedbackParts && item.Feedback!.TraceId is not null)).ToArray();
        var reachable = inBody.Length == 0
            || await SendBodyAsync(inBody, multipart, encoding, settled, abort).ConfigureAwait(false);

        // Feedback of its own comes after the runs: a server may refuse it for a run that it has not seen.
        if (inBody.Length < items.Count)
        {
            foreach (var item in items.Except(inBody))
            {
                reachable = reachable
                    ? await SendFeedbackAsync(item, settled, abort).ConfigureAwait(false)
                    : GiveUp(new[] { item }, ExportLossReason.ServerUnavailable, settled);
            }
        }

        return reachable;
    }

    private async Task<bool> SendBodyAsync(
        ArraySegment<BatchItem> items, bool multipart, BodyEncoding encoding, Settlement settled, CancellationToken abort)
    {
        if (abort.IsCancellationRequested)
        {
            return GiveUp(items, ExportLossReason.ShutdownDeadline, settled);
        }

        Answer answer;
        using (var body = multipart ? RequestBody.Multipart(items, encoding) : RequestBody.JsonBatch(items))
        {
            answer = await _requests.SendAsync(body, retryMissing: false, abort).ConfigureAwait(false);
        }

        switch (answer.Verdict.Kind)
        {
            case VerdictKind.NoRoute when multipart:
                _multipartOff = true;
                Log.MultipartOff(logger, _endpoint, answer.Status);
                return await SendAsync(items, settled, abort).ConfigureAwait(false);
            case VerdictKind.NoEncoding when encoding != BodyEncoding.Plain:
                _compressionOff = true;
                Log.CompressionOff(logger, _endpoint);
                return await SendBodyAsync(items, multipart, BodyEncoding.Plain, settled, abort).ConfigureAwait(false);
            case VerdictKind.Split when items.Count > 1:
            // One known run makes some servers refuse all of its batch. After an attempt without an answer it is most likely the whole
            // batch that is known; else the halves tell which entries are.
            case VerdictKind.Duplicate when items.Count > 1 && !answer.MayHaveArrived:
                return await SendHalvesAsync(items, multipart, encoding, settled, abort).ConfigureAwait(false);
            default:
                return Settle(items, answer, settled);
        }
    }

    private async Task<bool> SendHalvesAsync(
        ArraySegment<BatchItem> items, bool multipart, BodyEncoding encoding, Settlement settled, CancellationToken abort)
    {
        var middle = items.Count / 2;
        return await SendBodyAsync(items[..middle], multipart, encoding, settled, abort).ConfigureAwait(false)
            ? await SendBodyAsync(items[middle..], multipart, encoding, settled, abort).ConfigureAwait(false)
            : GiveUp(items[middle..], ExportLossReason.ServerUnavailable, settled);
    }

    private async Task<bool> SendFeedbackAsync(BatchItem item, Settlement settled, CancellationToken abort)
    {
        if (abort.IsCancellationRequested)
        {
            return GiveUp(new[] { item }, ExportLossReason.ShutdownDeadline, settled);
        }

        using var body = RequestBody.Feedback(item.Feedback!);
        var answer = await _requests.SendAsync(body, retryMissing: true, abort).ConfigureAwait(false);
        return Settle(new[] { item }, answer, settled);
    }

    private bool Settle(ArraySegment<BatchItem> items, Answer answer, Settlement settled)
    {
        var reason = answer.Verdict.Reason;
        switch (answer.Verdict.Kind)
        {
            case VerdictKind.Delivered:
                ledger.Deliver(items.Count);
                _answers = true;
                break;
            case VerdictKind.Duplicate:
                ledger.Duplicate(items.Count);
                Log.Duplicate(logger, items.Count, items[0].RunId);
                break;
            case VerdictKind.Retry when reason != ExportLossReason.NotFound:
                return GiveUp(items, reason, settled);
            default:
                ledger.Lose(reason, items.Count);
                LogRejected(items, answer.Status, reason);
                break;
        }

        settled.Add(items.Count);
        return true;
    }

    /// <summary>Sends what waits in files, once the server has answered; what is refused now is settled.</summary>
    public async Task ReplayAsync(CancellationToken abort)
    {
        if (_spill is null || !_answers || Interlocked.Exchange(ref _replaying, 1) == 1)
        {
            return;
        }

        try
        {
            foreach (var spilled in _spill.Read())
            {
                if (abort.IsCancellationRequested || !await ReplayAsync(_spill, spilled, abort).ConfigureAwait(false))
                {
                    return;
                }
            }
        }
        finally
        {
            Volatile.Write(ref _replaying, 0);
        }
    }

    /// <returns>False when the server does not answer any more: the file stays.</returns>
    private async Task<bool> ReplayAsync(SpillFolder folder, SpilledBody spilled, CancellationToken abort)
    {
        Log.Replaying(logger, spilled.Entries, spilled.File);
        using var body = RequestBody.Of(spilled);
        var answer = await _requests.SendAsync(body, retryMissing: false, abort).ConfigureAwait(false);
        if (answer.Verdict.Kind == VerdictKind.Retry)
        {
            return false;
        }

        folder.Delete(spilled);
        if (spilled.IsOwn)
        {
            ledger.Spill(-spilled.Entries);
        }
        else
        {
            ledger.Enqueue(spilled.Entries);
        }

        switch (answer.Verdict.Kind)
        {
            case VerdictKind.Delivered:
                ledger.Deliver(spilled.Entries);
                break;
            case VerdictKind.Duplicate:
                ledger.Duplicate(spilled.Entries);
                break;
            default:
                ledger.Lose(answer.Verdict.Reason, spilled.Entries);
                break;
        }

        return true;
    }

    /// <summary>Settles entries as not deliverable now: into a file where there is a folder, else as lost.</summary>
    /// <returns>False.</returns>
    private bool GiveUp(ArraySegment<BatchItem> items, ExportLossReason reason, Settlement settled)
    {
        settled.Add(items.Count);
        if (_spill is not null)
        {
            Spill(_spill, items);
            return false;
        }

        ledger.Lose(reason, items.Count);
        Log.Dropped(logger, items.Count, reason, items[0].RunId);
        return false;
    }

    private void Spill(SpillFolder folder, ArraySegment<BatchItem> items)
    {
        // Feedback without its trace is taken by a route of its own only.
        var alone = items.Where(item => item.Feedback is { TraceId: null }).ToArray();
        var together = items.Except(alone).ToArray();
        if (together.Length > 0)
        {
            using var body = _multipartOff ? RequestBody.JsonBatch(together) : RequestBody.Multipart(together, BodyEncoding.Plain);
            SettleSpilled(folder.TryWrite(body, together.Length), together);
        }

        foreach (var item in alone)
        {
            using var body = RequestBody.Feedback(item.Feedback!);
            SettleSpilled(folder.TryWrite(body, 1), new[] { item });
        }
    }

    private void SettleSpilled(bool written, ArraySegment<BatchItem> items)
    {
        if (written)
        {
            ledger.Spill(items.Count);
        }
        else
        {
            ledger.Lose(ExportLossReason.SpillFailed, items.Count);
            Log.Dropped(logger, items.Count, ExportLossReason.SpillFailed, items[0].RunId);
        }
    }

    private void LogRejected(ArraySegment<BatchItem> items, int status, ExportLossReason reason)
    {
        if (items.Count == 1)
        {
            Log.Rejected(logger, items[0].RunId, status, reason);
        }
        else
        {
            Log.RejectedMany(logger, items.Count, status, reason, items[0].RunId);
        }
    }

    /// <summary>How many entries of one batch are not settled yet.</summary>
    private sealed class Settlement(int entries)
    {
        public int Open { get; private set; } = entries;

        public void Add(int settled) => Open -= settled;
    }
}
