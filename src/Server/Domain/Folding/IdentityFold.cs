using System.Text.Json;

namespace LangSmith.Server.Domain.Folding;

/// <summary>Tells what happened under a run's id: attempts, writes, and every content that another one beat.</summary>
public static class IdentityFold
{
    /// <summary>Makes the report.</summary>
    /// <param name="entries">All writes of one run, with their payloads.</param>
    /// <param name="resends">How often a write came again.</param>
    public static IdentityReport Report(IReadOnlyList<JournalEntry> entries, int resends)
    {
        ArgumentOutOfRangeException.ThrowIfZero(entries.Count, nameof(entries));
        var order = AttemptOrder.Of(entries);
        var fields = order.Entries.ToDictionary(entry => entry.Entry.Sequence, entry => FieldContent.Of(entry.Write));
        return new IdentityReport
        {
            RunId = entries[0].Write.RunId,
            Attempts = [.. Enumerable.Range(0, order.Count).Select(attempt => Attempt(order, attempt))],
            Writes = [.. order.Entries
                .OrderBy(entry => entry.Entry.Sequence)
                .Select(entry => new RunWriteSummary(
                    entry.Entry.Sequence, entry.Write.Kind, entry.Attempt, entry.Write.ReceivedAt, entry.Write.Sender,
                    [.. fields[entry.Entry.Sequence].Select(content => content.Field)]))],
            Overwritten = Overwritten(order, fields),
            Resends = resends,
        };
    }

    private static RunAttempt Attempt(AttemptOrder order, int attempt)
    {
        RankedEntry[] own = [.. order.Entries.Where(entry => entry.Attempt == attempt)];
        var writes = new Registers(own);
        var end = writes.Value(write => write.EndTime);
        var error = writes.Text(write => write.Error);
        return new RunAttempt(
            order.Starts.Count == 0 ? null : order.Starts[attempt],
            end, RunFold.StatusOf(end, error), error,
            own.Min(entry => entry.Write.ReceivedAt));
    }

    private static List<OverwrittenField> Overwritten(AttemptOrder order, Dictionary<long, IReadOnlyList<FieldContent>> fields)
    {
        var overwritten = new List<OverwrittenField>();
        var standing = new Dictionary<string, (FieldContent Content, long Sequence)>(StringComparer.Ordinal);
        var attempt = 0;
        foreach (var entry in order.Entries)
        {
            var sequence = entry.Entry.Sequence;
            if (entry.Attempt != attempt)
            {
                // The end, the error and the outputs of an attempt do not outlive it.
                attempt = entry.Attempt;
                foreach (var field in FieldContent.OfOneAttempt)
                {
                    if (standing.Remove(field, out var ended))
                    {
                        overwritten.Add(new OverwrittenField(field, ended.Content.Json, ended.Sequence, sequence));
                    }
                }
            }

            foreach (var content in fields[sequence])
            {
                if (standing.TryGetValue(content.Field, out var beaten) && !Same(beaten.Content.Json, content.Json))
                {
                    overwritten.Add(new OverwrittenField(content.Field, beaten.Content.Json, beaten.Sequence, sequence));
                }

                standing[content.Field] = (content, sequence);
            }
        }

        return overwritten;
    }

    private static bool Same(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other)
    {
        if (one.Span.SequenceEqual(other.Span))
        {
            return true;
        }

        using var left = JsonDocument.Parse(one, FieldContent.Reading);
        using var right = JsonDocument.Parse(other, FieldContent.Reading);
        return JsonElement.DeepEquals(left.RootElement, right.RootElement);
    }
}
