using System.Text.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Domain.Digest;
using LangSmith.Server.Domain.Folding;

namespace LangSmith.Server.Storage.Sqlite.Runs;

/// <summary>The small fields of a write and the digest of its payloads, as the journal keeps them.</summary>
internal sealed record WriteHead
{
    public Guid? Trace { get; init; }

    public string? Dotted { get; init; }

    public Guid? Parent { get; init; }

    public string? Name { get; init; }

    public string? Type { get; init; }

    public DateTimeOffset? Start { get; init; }

    public DateTimeOffset? End { get; init; }

    public string? Error { get; init; }

    public Guid? Example { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public IReadOnlyList<RunAttachment>? Files { get; init; }

    public string? Sender { get; init; }

    public PayloadDigest Digest { get; init; } = PayloadDigest.None;

    public static byte[] Write(RunWrite write, PayloadDigest digest) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new WriteHead
            {
                Trace = write.TraceId,
                Dotted = write.DottedOrder,
                Parent = write.ParentRunId,
                Name = write.Name,
                Type = write.RunType,
                Start = write.StartTime,
                End = write.EndTime,
                Error = write.Error,
                Example = write.ReferenceExampleId,
                Tags = write.Tags,
                Files = write.Attachments,
                Sender = write.Sender,
                Digest = digest,
            },
            StoredJson.Default.WriteHead);

    /// <summary>The entry of the journal, without payloads.</summary>
    public static JournalEntry Read(
        ReadOnlySpan<byte> json, WorkspaceId workspace, Guid runId, long sequence, RunWriteKind kind, UInt128 hash, DateTimeOffset receivedAt, Guid? projectId)
    {
        var head = JsonSerializer.Deserialize(json, StoredJson.Default.WriteHead)!;
        var write = new RunWrite
        {
            Workspace = workspace,
            RunId = runId,
            Kind = kind,
            ContentHash = hash,
            ReceivedAt = receivedAt,
            Sender = head.Sender,
            TraceId = head.Trace,
            DottedOrder = head.Dotted,
            ParentRunId = head.Parent,
            Name = head.Name,
            RunType = head.Type,
            StartTime = head.Start,
            EndTime = head.End,
            Error = head.Error,
            ProjectId = projectId,
            ReferenceExampleId = head.Example,
            Tags = head.Tags,
            Attachments = head.Files,
        };
        return new JournalEntry(sequence, write, head.Digest);
    }
}
