using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Filters;
using LangSmith.Server.Storage.Sqlite.Writing;

namespace LangSmith.Server.Storage.Sqlite.Projects;

/// <inheritdoc/>
internal sealed class SqliteCatalogue(Database database, WriterThread writer) : ICatalogue
{
    private const string One = $"SELECT {ProjectRow.Columns} FROM project WHERE workspace = ?1 AND is_deleted = 0 AND ";

    public Task<(Project Project, bool Created)> CreateProjectAsync(Project project, CancellationToken cancellationToken) =>
        writer.WriteAsync((statements, _) =>
        {
            var taken = statements.Prepare(One + "(name = ?2 OR id = ?3)").First(ProjectRow.Read, project.Workspace.Value, project.Name, project.Id);
            if (taken is not null)
            {
                return (taken, false);
            }

            ProjectRow.Write(statements, project);
            return (project, true);
        }).WaitAsync(cancellationToken);

    public Task<Project?> UpdateProjectAsync(Project project, CancellationToken cancellationToken) =>
        writer.WriteAsync((statements, cache) =>
        {
            if (statements.Prepare(One + "id = ?2").First(ProjectRow.Read, project.Workspace.Value, project.Id) is null)
            {
                return null;
            }

            var other = statements.Prepare(One + "name = ?2 AND id <> ?3").First(ProjectRow.Read, project.Workspace.Value, project.Name, project.Id);
            if (other is not null)
            {
                throw new ProjectNameTakenException(project.Name);
            }

            ProjectRow.Write(statements, project);
            cache.Forget();
            return project;
        }).WaitAsync(cancellationToken);

    public Task<Project?> FindProjectAsync(WorkspaceId workspace, Guid projectId, CancellationToken cancellationToken) =>
        database.ReadAsync(statements => statements.Prepare(One + "id = ?2").First(ProjectRow.Read, workspace.Value, projectId), cancellationToken);

    public Task<Project?> FindProjectAsync(WorkspaceId workspace, string name, CancellationToken cancellationToken) =>
        database.ReadAsync(statements => statements.Prepare(One + "name = ?2").First(ProjectRow.Read, workspace.Value, name), cancellationToken);

    public Task<IReadOnlyList<Project>> ListProjectsAsync(ProjectQuery query, CancellationToken cancellationToken)
    {
        var sql = Print(query);
        return database.ReadAsync<IReadOnlyList<Project>>(statements => statements.Prepare(sql.Text).List(ProjectRow.Read, sql.Values), cancellationToken);
    }

    /// <summary>The statement that lists projects.</summary>
    internal static SqlText Print(ProjectQuery query)
    {
        var sql = new SqlText();
        sql.Add($"SELECT {ProjectRow.Columns} FROM project WHERE is_deleted = 0 AND workspace = ").Value(query.Workspace.Value)
            .AndIn("id", query.Ids).AndIn("dataset_id", query.ReferenceDatasetIds);
        if (query.Name is { } name)
        {
            sql.Add(" AND name = ").Value(name);
        }

        if (query.NameContains is { } part)
        {
            sql.Add(" AND instr(lower(name), lower(").Value(part).Add(")) > 0");
        }

        if (query.ReferenceFree is { } free)
        {
            sql.Add($" AND dataset_id IS {(free ? "" : "NOT ")}NULL");
        }

        return sql.Add(" ORDER BY start_time DESC, id DESC LIMIT ").Value((long)query.Limit).Add(" OFFSET ").Value((long)query.Offset);
    }

    public Task<bool> DeleteProjectAsync(WorkspaceId workspace, Guid projectId, CancellationToken cancellationToken) =>
        writer.WriteAsync((statements, cache) =>
        {
            cache.Forget();
            return statements.Execute(
                "UPDATE project SET is_deleted = 1 WHERE workspace = ?1 AND id = ?2 AND is_deleted = 0", workspace.Value, projectId) > 0;
        }).WaitAsync(cancellationToken);
}
