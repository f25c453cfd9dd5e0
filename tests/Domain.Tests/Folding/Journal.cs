using System.Text;
using LangSmith.Protocol;
using LangSmith.Server.Domain.Digest;
using LangSmith.Server.Domain.Folding;
using LangSmith.Server.Domain.Pricing;

namespace LangSmith.Server.Domain.Tests.Folding;

/// <summary>Writes of one run, acknowledged in the order in which they are added.</summary>
internal sealed class Journal
{
    public static readonly Guid Id = Guid.Parse("0193a000-0000-7000-8000-000000000001");
    public static readonly Guid Fallback = Guid.Parse("0193a000-0000-7000-8000-00000000000f");
    public static readonly DateTimeOffset Start = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    private readonly List<JournalEntry> _entries = [];

    public Journal(params IEnumerable<RunWrite> writes)
    {
        foreach (var write in writes)
        {
            Add(write);
        }
    }

    public Journal Add(RunWrite write)
    {
        _entries.Add(new JournalEntry(_entries.Count + 1, write, PayloadDigest.Of(write)));
        return this;
    }

    public FoldedRun Fold() => RunFold.Fold(_entries, Fallback, PriceList.BuiltIn);

    public IdentityReport Report(int resends = 0) => IdentityFold.Report(_entries, resends);

    /// <summary>The run's <c>extra</c> as a reader gets it.</summary>
    public string Extra()
    {
        var from = Fold().ExtraFrom;
        return Encoding.UTF8.GetString(ExtraMerge.Merge([.. from.Select(sequence => _entries.Single(entry => entry.Sequence == sequence).Write.Extra)]).Span);
    }

    /// <summary>The JSON of a payload of the write with this sequence; null when there is no such write.</summary>
    public string? Payload(long? sequence, Func<RunWrite, ReadOnlyMemory<byte>> payload) =>
        sequence is null ? null : Encoding.UTF8.GetString(payload(_entries.Single(entry => entry.Sequence == sequence).Write).Span);

    public static RunWrite Post(int attempt = 0) => Write(RunWriteKind.Post, attempt) with { StartTime = Start.AddSeconds(attempt) };

    public static RunWrite Patch(int attempt = 0) => Write(RunWriteKind.Patch, attempt);

    public static ReadOnlyMemory<byte> Json(string json) => Encoding.UTF8.GetBytes(json);

    private static RunWrite Write(RunWriteKind kind, int attempt) => new()
    {
        Workspace = WorkspaceId.Default,
        RunId = Id,
        Kind = kind,
        ContentHash = UInt128.Zero,
        ReceivedAt = Start.AddMinutes(1),
        DottedOrder = DottedOrder.Print(Start.AddSeconds(attempt), Id),
    };
}
