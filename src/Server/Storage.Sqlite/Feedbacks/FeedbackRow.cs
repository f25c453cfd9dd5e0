using System.Globalization;
using System.Text;
using System.Text.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Filters;

namespace LangSmith.Server.Storage.Sqlite.Feedbacks;

/// <summary>Writes and reads rows of the table <c>feedback</c>.</summary>
internal static class FeedbackRow
{
    private const string Columns =
        "workspace, id, run_id, coalesce(trace_id, (SELECT trace_id FROM run WHERE run.workspace = feedback.workspace AND run.id = run_id)), " +
        "project_id, thread_id, key, comment, is_error, created_at, modified_at, details";

    /// <summary>Writes feedback; that of a deleted run is dropped.</summary>
    public static void Write(Statements statements, IReadOnlyList<Feedback> feedback)
    {
        foreach (var one in feedback)
        {
            statements.Execute(
                """
                INSERT INTO feedback (workspace, id, run_id, trace_id, project_id, thread_id, key, score, value, comment, source_type, is_error,
                    created_at, modified_at, details)
                SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15
                WHERE NOT EXISTS (SELECT 1 FROM tombstone WHERE workspace = ?1 AND run_id = ?3)
                ON CONFLICT (workspace, id) DO UPDATE SET
                    run_id = excluded.run_id, trace_id = excluded.trace_id, project_id = excluded.project_id, thread_id = excluded.thread_id,
                    key = excluded.key, score = excluded.score, value = excluded.value, comment = excluded.comment,
                    source_type = excluded.source_type, is_error = excluded.is_error, modified_at = excluded.modified_at,
                    details = excluded.details
                """,
                one.Workspace.Value, one.Id, one.RunId, one.TraceId, one.ProjectId, one.ThreadId, one.Key, Number(one.Score), Text(one.Value),
                one.Comment, SourceType(one.Source), one.Error, one.CreatedAt, one.ModifiedAt, FeedbackDetails.Write(one));
        }
    }

    public static Feedback? Find(Statements statements, WorkspaceId workspace, Guid id) =>
        statements.Prepare($"SELECT {Columns} FROM feedback WHERE workspace = ?1 AND id = ?2").First(Read, workspace.Value, id);

    public static IReadOnlyList<Feedback> List(Statements statements, FeedbackQuery query)
    {
        var sql = Print(query);
        return statements.Prepare(sql.Text).List(Read, sql.Values);
    }

    /// <summary>The statement that lists feedback.</summary>
    internal static SqlText Print(FeedbackQuery query)
    {
        var sql = new SqlText();
        // Left alone, the planner looks for the feedback of a few runs among all that the workspace has, in order of time.
        var index = query.RunIds.Count > 0 ? " INDEXED BY feedback_run" : query.ProjectIds.Count > 0 ? " INDEXED BY feedback_project" : "";
        sql.Add($"SELECT {Columns} FROM feedback{index} WHERE workspace = ").Value(query.Workspace.Value);
        sql.AndIn("run_id", query.RunIds).AndIn("project_id", query.ProjectIds).AndIn("key", query.Keys).AndIn("source_type", query.SourceTypes);
        AndPresent(sql, "comment", query.HasComment);
        AndPresent(sql, "score", query.HasScore);
        AndPresent(sql, "run_id", query.OnRuns);
        if (query.ThreadId is { } thread)
        {
            sql.Add(" AND thread_id = ").Value(thread);
        }

        if (query.ComparativeExperimentId is { } experiment)
        {
            sql.Add(" AND json_extract(details, '$.experiment') = ").Value(experiment.ToString());
        }

        if (query.CreatedFrom is { } from)
        {
            sql.Add(" AND created_at >= ").Value(from);
        }

        if (query.CreatedTo is { } to)
        {
            sql.Add(" AND created_at < ").Value(to);
        }

        return sql.Add(" ORDER BY created_at DESC, id DESC LIMIT ").Value((long)query.Limit).Add(" OFFSET ").Value((long)query.Offset);
    }

    public static bool Delete(Statements statements, WorkspaceId workspace, Guid id) =>
        statements.Execute("DELETE FROM feedback WHERE workspace = ?1 AND id = ?2", workspace.Value, id) > 0;

    private static void AndPresent(SqlText sql, string column, bool? present)
    {
        if (present is { } wanted)
        {
            sql.Add($" AND {column} IS {(wanted ? "NOT " : "")}NULL");
        }
    }

    private static Feedback Read(Row row) =>
        FeedbackDetails.Read(
            row.Text(11),
            new Feedback
            {
                Workspace = new WorkspaceId(row.Id(0)),
                Id = row.Id(1),
                RunId = row.IdOrNull(2),
                TraceId = row.IdOrNull(3),
                ProjectId = row.IdOrNull(4),
                ThreadId = row.TextOrNull(5),
                Key = row.Text(6),
                Comment = row.TextOrNull(7),
                Error = row.Truth(8),
                CreatedAt = row.Time(9),
                ModifiedAt = row.Time(10),
                Source = default,
            });

    private static double? Number(ReadOnlyMemory<byte> score) => Encoding.UTF8.GetString(score.Span).Trim() switch
    {
        "true" => 1,
        "false" => 0,
        var text when double.TryParse(text, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static string? Text(ReadOnlyMemory<byte> value)
    {
        if (value.IsEmpty)
        {
            return null;
        }

        using var json = JsonDocument.Parse(value);
        return json.RootElement.ValueKind == JsonValueKind.String ? json.RootElement.GetString() : json.RootElement.GetRawText();
    }

    private static string SourceType(ReadOnlyMemory<byte> source)
    {
        using var json = JsonDocument.Parse(source);
        return json.RootElement.TryGetProperty("type", out var type) ? type.GetString()?.ToLowerInvariant() ?? "" : "";
    }
}
