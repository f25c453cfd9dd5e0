using System.Text.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Domain.Folding;
using LangSmith.Server.Storage.Sqlite.Connections;

namespace LangSmith.Server.Storage.Sqlite.Runs;

/// <summary>Writes and reads rows of the table <c>run</c>.</summary>
internal sealed record RunRow(
    RunRecord Record, long Rid, long? InputsFrom, long? OutputsFrom, long? EventsFrom, long? SerializedFrom, IReadOnlyList<long> ExtraFrom)
{
    /// <summary>Of a table called <c>r</c>: runs of a deleted project are hidden from the moment of its deletion.</summary>
    public const string Visible =
        "NOT EXISTS (SELECT 1 FROM project AS p WHERE p.workspace = r.workspace AND p.id = r.project_id AND p.is_deleted = 1)";

    private static readonly string[] s_columns =
    [
        "rid", "workspace", "id", "project_id", "trace_id", "parent_run_id", "is_root", "dotted_order", "name", "run_type", "status",
        "start_time", "end_time", "first_token_time", "error", "thread_id", "model", "reference_example_id", "prompt_tokens",
        "completion_tokens", "total_tokens", "prompt_cost", "completion_cost", "total_cost", "usage", "tags", "metadata",
        "inputs_preview", "outputs_preview", "attachments", "first_received_at", "last_received_at", "attempts", "resends",
        "inputs_from", "outputs_from", "events_from", "serialized_from", "extra_from",
    ];

    private static readonly string s_upsert =
        $"""
        INSERT INTO run ({string.Join(", ", s_columns)}) VALUES ({string.Join(", ", s_columns.Select((_, index) => $"?{index + 1}"))})
        ON CONFLICT (rid) DO UPDATE SET {string.Join(", ", s_columns.Skip(1).Select(Updated))}
        """;

    /// <summary>The columns of a table called <c>r</c>, in the order in which <see cref="Read"/> takes them.</summary>
    public static string Columns { get; } = string.Join(", ", s_columns.Select(column => $"r.{column}"));

    public static void Write(Statements statements, long rid, FoldedRun folded, bool isRoot, int resends)
    {
        var run = folded.Record;
        var usage = run.Usage;
        statements.Execute(
            s_upsert,
            rid, run.Workspace.Value, run.Id, run.ProjectId, run.TraceId, run.ParentRunId, isRoot, run.DottedOrder, run.Name, run.RunType,
            (long)run.Status, run.StartTime, run.EndTime, run.FirstTokenTime, run.Error, run.ThreadId, folded.Model, run.ReferenceExampleId,
            usage.PromptTokens, usage.CompletionTokens, usage.TotalTokens, usage.PromptCost, usage.CompletionCost, usage.TotalCost,
            StoredUsage.Write(usage),
            JsonSerializer.Serialize(run.Tags, StoredJson.Default.IReadOnlyListString),
            JsonSerializer.Serialize(folded.Metadata, StoredJson.Default.IReadOnlyDictionaryStringString),
            run.InputsPreview, run.OutputsPreview,
            run.Attachments.Count == 0 ? null : JsonSerializer.Serialize(run.Attachments, StoredJson.Default.IReadOnlyListRunAttachment),
            run.FirstReceivedAt, run.LastReceivedAt, (long)run.Attempts, (long)resends,
            folded.InputsFrom, folded.OutputsFrom, folded.EventsFrom, folded.SerializedFrom,
            JsonSerializer.Serialize(folded.ExtraFrom, StoredJson.Default.IReadOnlyListInt64));
    }

    public static RunRow Read(Row row)
    {
        var (prompt, completion, total) = (row.NumberOrNull(18), row.NumberOrNull(19), row.NumberOrNull(20));
        var record = new RunRecord
        {
            Workspace = new WorkspaceId(row.Id(1)),
            Id = row.Id(2),
            ProjectId = row.Id(3),
            TraceId = row.Id(4),
            ParentRunId = row.IdOrNull(5),
            DottedOrder = row.Text(7),
            Name = row.Text(8),
            RunType = row.Text(9),
            Status = (RunStatus)row.Number(10),
            StartTime = row.Time(11),
            EndTime = row.TimeOrNull(12),
            FirstTokenTime = row.TimeOrNull(13),
            Error = row.TextOrNull(14),
            ThreadId = row.TextOrNull(15),
            Model = row.TextOrNull(16),
            ReferenceExampleId = row.IdOrNull(17),
            Usage = row.TextOrNull(24) is { } usage ? StoredUsage.Read(usage, prompt, completion, total) : RunUsage.None,
            Tags = JsonSerializer.Deserialize(row.Text(25), StoredJson.Default.IReadOnlyListString)!,
            InputsPreview = row.Text(27),
            OutputsPreview = row.Text(28),
            Attachments = row.TextOrNull(29) is { } files ? JsonSerializer.Deserialize(files, StoredJson.Default.IReadOnlyListRunAttachment)! : [],
            FirstReceivedAt = row.Time(30),
            LastReceivedAt = row.Time(31),
            Attempts = row.Integer(32),
        };
        return new RunRow(
            record, row.Number(0), row.NumberOrNull(34), row.NumberOrNull(35), row.NumberOrNull(36), row.NumberOrNull(37),
            JsonSerializer.Deserialize(row.Text(38), StoredJson.Default.IReadOnlyListInt64)!);
    }

    private static string Updated(string column) =>
        column == "resends" ? "resends = run.resends + excluded.resends" : $"{column} = excluded.{column}";
}
