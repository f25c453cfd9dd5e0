using System.Text.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Examples;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Runs;

namespace LangSmith.Server.Storage.Sqlite.Examples;

/// <summary>Writes and reads rows of the table <c>example</c>.</summary>
internal static class ExampleRow
{
    /// <summary>The columns of a table called <c>e</c>.</summary>
    public const string Columns =
        "e.workspace, e.dataset_id, e.id, e.modified_at, e.created_at, e.is_deleted, e.source_run_id, e.splits, e.inputs, e.outputs, e.metadata, e.attachments";

    public static void Write(Statements statements, StoredExample example) =>
        statements.Execute(
            """
            INSERT INTO example (workspace, dataset_id, id, modified_at, created_at, is_deleted, source_run_id, splits, inputs, outputs, metadata, attachments)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            ON CONFLICT (workspace, id, modified_at) DO UPDATE SET
                is_deleted = excluded.is_deleted, source_run_id = excluded.source_run_id, splits = excluded.splits, inputs = excluded.inputs,
                outputs = excluded.outputs, metadata = excluded.metadata, attachments = excluded.attachments
            """,
            example.Workspace.Value, example.DatasetId, example.Id, example.ModifiedAt, example.CreatedAt, example.IsDeleted, example.SourceRunId,
            JsonSerializer.Serialize(example.Splits, StoredJson.Default.IReadOnlyListString), example.Inputs, example.Outputs, example.Metadata,
            JsonSerializer.Serialize(example.Attachments, StoredJson.Default.IReadOnlyListRunAttachment));

    public static StoredExample Read(Row row) => new()
    {
        Workspace = new WorkspaceId(row.Id(0)),
        DatasetId = row.Id(1),
        Id = row.Id(2),
        ModifiedAt = row.Time(3),
        CreatedAt = row.Time(4),
        IsDeleted = row.Truth(5),
        SourceRunId = row.IdOrNull(6),
        Splits = JsonSerializer.Deserialize(row.Text(7), StoredJson.Default.IReadOnlyListString)!,
        Inputs = row.Json(8),
        Outputs = row.Json(9),
        Metadata = row.Json(10),
        Attachments = JsonSerializer.Deserialize(row.Text(11), StoredJson.Default.IReadOnlyListRunAttachment)!,
    };
}
