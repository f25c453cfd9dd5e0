using LangSmith.Server.Domain;

namespace LangSmith.Server.Storage;

/// <summary>The small, transactional store: workspaces and projects.</summary>
/// <remarks>Thread-safe; a completed task is durable and seen by every later read.</remarks>
public interface ICatalogue
{
    /// <summary>Creates a project, or tells that the name or id is taken by returning the one that has it.</summary>
    Task<(Project Project, bool Created)> CreateProjectAsync(Project project, CancellationToken cancellationToken);

    /// <summary>Replaces a project's changeable properties; null when the workspace has no such project.</summary>
    Task<Project?> UpdateProjectAsync(Project project, CancellationToken cancellationToken);

    Task<Project?> FindProjectAsync(WorkspaceId workspace, Guid projectId, CancellationToken cancellationToken);

    Task<Project?> FindProjectAsync(WorkspaceId workspace, string name, CancellationToken cancellationToken);

    /// <summary>Lists projects, newest first.</summary>
    Task<IReadOnlyList<Project>> ListProjectsAsync(ProjectQuery query, CancellationToken cancellationToken);

    /// <summary>Deletes a project and hides its runs at once; their space is reclaimed later. False when there was none.</summary>
    Task<bool> DeleteProjectAsync(WorkspaceId workspace, Guid projectId, CancellationToken cancellationToken);
}
