using LangSmith.Protocol;
using LangSmith.Server.Domain.Pricing;

namespace LangSmith.Server.Domain.Folding;

/// <summary>The rules by which writes become a run: a pure function of the set of writes.</summary>
/// <remarks>
/// Every field is a register. Within an attempt a patch beats a post, then the later acknowledged beats the earlier; <c>extra</c> merges per
/// key and attachments unite by name; absence never overwrites. Across attempts the later one wins per field, but end, error and outputs are
/// those of the latest attempt alone, so that a retry does not inherit the result of the attempt that it replaces.
/// Exact re-sends must not be among the writes: the journal drops them.
/// </remarks>
public static class RunFold
{
    /// <summary>Folds the journal of one run.</summary>
    /// <param name="entries">All writes of one run in any order, each with its project already resolved to an id, or none.</param>
    /// <param name="fallbackProject">The project of a run whose writes name none.</param>
    /// <param name="prices">What tokens cost.</param>
    public static FoldedRun Fold(IReadOnlyList<JournalEntry> entries, Guid fallbackProject, PriceList prices)
    {
        ArgumentOutOfRangeException.ThrowIfZero(entries.Count, nameof(entries));
        var order = AttemptOrder.Of(entries);
        var all = new Registers(order.Entries);
        var latest = new Registers([.. order.Entries.Where(entry => entry.Attempt == order.Count - 1)]);
        var identity = RunPlace.Of(all);
        var metadata = MergeMetadata(order);
        var start = all.Value(write => write.StartTime) ?? identity.StartTime ?? entries.Min(entry => entry.Write.ReceivedAt);
        var end = latest.Value(write => write.EndTime);
        var error = latest.Text(write => write.Error);
        var runType = all.Text(write => write.RunType) ?? RunTypes.Chain;
        var outputs = latest.Giving(RunPayload.Outputs);
        var inputs = all.Giving(RunPayload.Inputs);
        var events = latest.Giving(RunPayload.Events);
        var pricing = new RunPricing(prices, runType, start, metadata, order.Entries);
        return new FoldedRun
        {
            Metadata = metadata,
            InputsFrom = inputs?.Sequence,
            OutputsFrom = outputs?.Sequence,
            EventsFrom = events?.Sequence,
            SerializedFrom = all.Giving(RunPayload.Serialized)?.Sequence,
            ExtraFrom = [.. order.Entries.Where(entry => entry.Entry.Digest.Given.HasFlag(RunPayload.Extra)).Select(entry => entry.Entry.Sequence)],
            Record = new RunRecord
            {
                Id = entries[0].Write.RunId,
                Workspace = entries[0].Write.Workspace,
                TraceId = identity.TraceId,
                ParentRunId = identity.ParentRunId,
                DottedOrder = identity.DottedOrder,
                ProjectId = all.Value(write => write.ProjectId) ?? fallbackProject,
                Name = all.Text(write => write.Name) ?? "",
                RunType = runType,
                StartTime = start,
                EndTime = end,
                Error = error,
                Status = StatusOf(end, error),
                Tags = all.Reference(write => write.Tags) ?? [],
                ReferenceExampleId = all.Value(write => write.ReferenceExampleId),
                ThreadId = ThreadOf(metadata),
                Model = pricing.Model,
                FirstTokenTime = events?.Digest.FirstTokenTime,
                InputsPreview = inputs?.Digest.InputsPreview ?? "",
                OutputsPreview = outputs?.Digest.OutputsPreview ?? "",
                Usage = pricing.Of(outputs?.Digest.OutputsUsage),
                FirstReceivedAt = entries.Min(entry => entry.Write.ReceivedAt),
                LastReceivedAt = entries.Max(entry => entry.Write.ReceivedAt),
                Attempts = order.Count,
                Attachments = UniteAttachments(order),
            },
        };
    }

    /// <summary>How far a run is that has this end and this error.</summary>
    internal static RunStatus StatusOf(DateTimeOffset? end, string? error) =>
        !string.IsNullOrEmpty(error) ? RunStatus.Error : end is null ? RunStatus.Pending : RunStatus.Success;

    private static Dictionary<string, string> MergeMetadata(AttemptOrder order)
    {
        var merged = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in order.Entries.SelectMany(entry => entry.Entry.Digest.Metadata))
        {
            merged[key] = value;
        }

        return merged;
    }

    private static string? ThreadOf(Dictionary<string, string> metadata) =>
        metadata.GetValueOrDefault("session_id") ?? metadata.GetValueOrDefault("conversation_id") ?? metadata.GetValueOrDefault("thread_id");

    private static IReadOnlyList<RunAttachment> UniteAttachments(AttemptOrder order)
    {
        if (order.Entries.All(entry => entry.Write.Attachments is null))
        {
            return [];
        }

        var united = new SortedDictionary<string, RunAttachment>(StringComparer.Ordinal);
        foreach (var attachment in order.Entries.SelectMany(entry => entry.Write.Attachments ?? []))
        {
            united[attachment.Name] = attachment;
        }

        return [.. united.Values];
    }
}
