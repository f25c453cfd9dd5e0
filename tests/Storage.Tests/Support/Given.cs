using System.Globalization;
using System.IO.Hashing;
using System.Text;
using LangSmith.Protocol;
using LangSmith.Server.Domain;

namespace LangSmith.Server.Storage.Tests.Support;

/// <summary>Writes and feedback as ingestion makes them.</summary>
internal static class Given
{
    public static readonly WorkspaceId Workspace = WorkspaceId.Default;
    public static readonly WorkspaceId Other = new(Guid.Parse("00000000-0000-7000-8000-000000000002"));
    public static readonly DateTimeOffset Start = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    public static Guid Id(int number) => Guid.Parse($"0193a000-0000-7000-8000-{number.ToString("x12", CultureInfo.InvariantCulture)}");

    public static ReadOnlyMemory<byte> Json(string json) => Encoding.UTF8.GetBytes(json);

    public static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);

    public static RunWrite Post(Guid id, DateTimeOffset? start = null) => Hashed(new RunWrite
    {
        Workspace = Workspace,
        RunId = id,
        Kind = RunWriteKind.Post,
        ContentHash = default,
        ReceivedAt = Start.AddMinutes(1),
        TraceId = id,
        DottedOrder = DottedOrder.Print(start ?? Start, id),
        Name = "step",
        RunType = "chain",
        StartTime = start ?? Start,
        ProjectName = "default",
    });

    public static RunWrite Patch(Guid id, DateTimeOffset? start = null) => Hashed(new RunWrite
    {
        Workspace = Workspace,
        RunId = id,
        Kind = RunWriteKind.Patch,
        ContentHash = default,
        ReceivedAt = Start.AddMinutes(2),
        TraceId = id,
        DottedOrder = DottedOrder.Print(start ?? Start, id),
        EndTime = (start ?? Start).AddSeconds(2),
    });

    public static RunWrite Child(RunWrite parent, Guid id) => Hashed(Post(id, parent.StartTime) with
    {
        TraceId = parent.TraceId,
        ParentRunId = parent.RunId,
        DottedOrder = DottedOrder.Print(parent.DottedOrder, parent.StartTime!.Value, id),
    });

    /// <summary>Changes a write, and so its hash.</summary>
    public static RunWrite With(this RunWrite write, Func<RunWrite, RunWrite> change) => Hashed(change(write));

    public static Feedback Feedback(Guid id, Guid? runId, string key = "quality", string? score = "0.5") => new()
    {
        Id = id,
        Workspace = Workspace,
        Key = key,
        RunId = runId,
        CreatedAt = Start.AddMinutes(3),
        ModifiedAt = Start.AddMinutes(3),
        Score = score is null ? default : Json(score),
        Source = Json("""{"type":"api"}"""),
    };

    public static WriteBatch Batch(params IReadOnlyList<RunWrite> writes) => new(writes, []);

    public static Task<IReadOnlyList<WriteOutcome>> WriteAsync(this IRunStore runs, params IReadOnlyList<RunWrite> writes) =>
        runs.WriteAsync(Batch(writes), CancellationToken.None);

    public static Task<IReadOnlyList<WriteOutcome>> WriteFeedbackAsync(this IRunStore runs, params IReadOnlyList<Feedback> feedback) =>
        runs.WriteAsync(new WriteBatch([], feedback), CancellationToken.None);

    public static Task<RunRecord?> FindAsync(this IRunStore runs, Guid id, RunPayload payload = RunPayload.All) =>
        runs.FindAsync(Workspace, id, payload, CancellationToken.None);

    private static RunWrite Hashed(RunWrite write)
    {
        var hash = new XxHash128();
        // The record's text has every field but the bytes of payloads and the elements of lists.
        hash.Append(Encoding.UTF8.GetBytes((write with { ContentHash = default, ReceivedAt = default }).ToString()));
        hash.Append(Encoding.UTF8.GetBytes(string.Join('\n', write.Tags ?? [])));
        hash.Append(Encoding.UTF8.GetBytes(string.Join('\n', write.Attachments ?? [])));
        foreach (var payload in (ReadOnlySpan<ReadOnlyMemory<byte>>)[write.Inputs, write.Outputs, write.Extra, write.Events, write.Serialized, write.Unknown])
        {
            hash.Append(BitConverter.GetBytes(payload.Length));
            hash.Append(payload.Span);
        }

        return write with { ContentHash = hash.GetCurrentHashAsUInt128() };
    }
}
