using System.Text.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Sqlite.Connections;

namespace LangSmith.Server.Storage.Sqlite.Projects;

/// <summary>Writes and reads rows of the table <c>project</c>.</summary>
internal static class ProjectRow
{
    public const string Columns = "workspace, id, name, start_time, dataset_id, details";

    public static void Write(Statements statements, Project project)
    {
        var details = new ProjectDetails
        {
            End = project.EndTime,
            Description = project.Description,
            Extra = project.Extra.IsEmpty ? null : JsonSerializer.Deserialize(project.Extra.Span, ProjectJson.Default.JsonElement),
            Dataset = project.DefaultDatasetId,
            Tier = project.TraceTier,
            Retention = project.Retention,
        };
        statements.Execute(
            """
            INSERT INTO project (workspace, id, name, start_time, dataset_id, details) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (workspace, id) DO UPDATE SET
                name = excluded.name, start_time = excluded.start_time, dataset_id = excluded.dataset_id, details = excluded.details
            """,
            project.Workspace.Value, project.Id, project.Name, project.StartTime, project.ReferenceDatasetId,
            JsonSerializer.Serialize(details, ProjectJson.Default.ProjectDetails));
    }

    public static Project Read(Row row)
    {
        var details = JsonSerializer.Deserialize(row.Text(5), ProjectJson.Default.ProjectDetails)!;
        return new Project
        {
            Workspace = new WorkspaceId(row.Id(0)),
            Id = row.Id(1),
            Name = row.Text(2),
            StartTime = row.Time(3),
            ReferenceDatasetId = row.IdOrNull(4),
            EndTime = details.End,
            Description = details.Description,
            Extra = details.Extra is { } extra ? System.Text.Encoding.UTF8.GetBytes(extra.GetRawText()) : default(ReadOnlyMemory<byte>),
            DefaultDatasetId = details.Dataset,
            TraceTier = details.Tier,
            Retention = details.Retention,
        };
    }
}
