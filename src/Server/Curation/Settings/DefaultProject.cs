using LangSmith.Server.Domain;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Curation.Settings;

/// <summary>The project that every workspace has from its beginning: clients learn the workspace's id from its first project.</summary>
public static class DefaultProject
{
    /// <summary>Makes it unless it is there.</summary>
    public static Task EnsureAsync(ICatalogue catalogue, WorkspaceId workspace, TimeProvider time, CancellationToken cancellationToken) =>
        catalogue.CreateProjectAsync(
            new Project
            {
                Id = Uuid7.NewGuid(time.GetUtcNow()),
                Workspace = workspace,
                Name = "default",
                StartTime = time.GetUtcNow(),
            },
            cancellationToken);
}
