using LangSmith.Protocol;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Ingest.Runs;

/// <summary>Completes the place of writes in their trees and projects from what they do say; what their parents say is the store's to add.</summary>
internal sealed class RunPlacement(ICatalogue catalogue)
{
    /// <summary>The project of runs that name none.</summary>
    public const string DefaultProject = "default";

    private readonly Dictionary<Guid, bool> _projects = [];

    /// <summary>Returns the write with what could be derived, or null and why it cannot be stored.</summary>
    public async Task<(RunWrite? Write, string? Problem)> PlaceAsync(RunWrite write, CancellationToken cancellationToken)
    {
        if (write.ProjectId is { } project && !await ExistsAsync(write.Workspace, project, cancellationToken))
        {
            return (null, $"There is no project with session_id '{project}'. Create it with POST /sessions first, or send session_name instead.");
        }

        if (write is { Kind: RunWriteKind.Post, ProjectId: null, ProjectName: null })
        {
            write = write with { ProjectName = DefaultProject };
        }

        return (write.DottedOrder is null ? AsRoot(write) : FromDottedOrder(write), null);
    }

    private static RunWrite FromDottedOrder(RunWrite write)
    {
        if (write.TraceId is not null && (write.ParentRunId is not null || !write.DottedOrder!.Contains('.', StringComparison.Ordinal)))
        {
            return write;
        }

        return DottedOrder.TryParse(write.DottedOrder, out var path)
            ? write with
            {
                TraceId = write.TraceId ?? path[0].RunId,
                ParentRunId = write.ParentRunId ?? (path.Count > 1 ? path[^2].RunId : null),
            }
            : write;
    }

    private static RunWrite AsRoot(RunWrite write) =>
        write is { Kind: RunWriteKind.Post, ParentRunId: null, StartTime: { } start }
            ? write with { DottedOrder = DottedOrder.Print(start, write.RunId), TraceId = write.TraceId ?? write.RunId }
            : write;

    private async Task<bool> ExistsAsync(WorkspaceId workspace, Guid projectId, CancellationToken cancellationToken)
    {
        if (!_projects.TryGetValue(projectId, out var exists))
        {
            exists = await catalogue.FindProjectAsync(workspace, projectId, cancellationToken) is not null;
            _projects.Add(projectId, exists);
        }

        return exists;
    }
}
