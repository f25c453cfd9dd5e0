using System.Collections.Concurrent;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage;

namespace Server.Tests.Support.Memory;

/// <summary>The catalogue's contract, in the simplest way there is.</summary>
internal sealed class MemoryCatalogue : ICatalogue
{
    private readonly ConcurrentDictionary<(WorkspaceId, Guid), Project> _projects = new();
    private readonly Lock _writing = new();

    public Task<(Project Project, bool Created)> CreateProjectAsync(Project project, CancellationToken cancellationToken)
    {
        lock (_writing)
        {
            var taken = Of(project.Workspace).FirstOrDefault(p => p.Id == project.Id || p.Name == project.Name);
            if (taken is null)
            {
                _projects[(project.Workspace, project.Id)] = project;
            }

            return Task.FromResult((taken ?? project, taken is null));
        }
    }

    public Task<Project?> UpdateProjectAsync(Project project, CancellationToken cancellationToken)
    {
        lock (_writing)
        {
            if (!_projects.ContainsKey((project.Workspace, project.Id)))
            {
                return Task.FromResult<Project?>(null);
            }

            _projects[(project.Workspace, project.Id)] = project;
            return Task.FromResult<Project?>(project);
        }
    }

    public Task<Project?> FindProjectAsync(WorkspaceId workspace, Guid projectId, CancellationToken cancellationToken) =>
        Task.FromResult(_projects.GetValueOrDefault((workspace, projectId)));

    public Task<Project?> FindProjectAsync(WorkspaceId workspace, string name, CancellationToken cancellationToken) =>
        Task.FromResult(Of(workspace).FirstOrDefault(p => p.Name == name));

    public Task<IReadOnlyList<Project>> ListProjectsAsync(ProjectQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Project>>([.. Of(query.Workspace)
            .Where(p => query.Ids.Count == 0 || query.Ids.Contains(p.Id))
            .Where(p => query.Name is null || p.Name == query.Name)
            .Where(p => query.NameContains is null || p.Name.Contains(query.NameContains, StringComparison.OrdinalIgnoreCase))
            .Where(p => query.ReferenceFree is not { } free || free == p.ReferenceDatasetId is null)
            .Where(p => query.ReferenceDatasetIds.Count == 0 || query.ReferenceDatasetIds.Contains(p.ReferenceDatasetId ?? default))
            .OrderByDescending(p => p.StartTime).Skip(query.Offset).Take(query.Limit)]);

    public Task<bool> DeleteProjectAsync(WorkspaceId workspace, Guid projectId, CancellationToken cancellationToken) =>
        Task.FromResult(_projects.TryRemove((workspace, projectId), out _));

    private IEnumerable<Project> Of(WorkspaceId workspace) => _projects.Values.Where(p => p.Workspace == workspace);
}
