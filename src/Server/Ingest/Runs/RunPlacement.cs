using LangSmith.Protocol;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Ingest.Runs;

/// <summary>Completes the place of writes in their trees and projects from what they do say.</summary>
internal sealed class RunPlacement(IRunStore runs, ICatalogue catalogue)
{
    /// <summary>The project of runs that name none.</summary>
    public const string DefaultProject = "default";

    private readonly Dictionary<Guid, bool> _projects = [];

    /// <summary>Returns the write with what could be derived, or null and why it cannot be stored.</summary>
    public async Task<(RunWrite? Write, string? Problem)> PlaceAsync(
        RunWrite write, IReadOnlyDictionary<Guid, RunWrite> earlier, CancellationToken cancellationToken)
    {
        if (write.ProjectId is { } project && !await ExistsAsync(write.Workspace, project, cancellationToken))
        {
            return (null, $"There is no project with session_id '{project}'. Create it with POST /sessions first, or send session_name instead.");
        }

        if (write is { Kind: RunWriteKind.Post, ProjectId: null, ProjectName: null })
        {
            write = write with { ProjectName = DefaultProject };
        }

        return (write.DottedOrder is null ? await FromParentAsync(write, earlier, cancellationToken) : FromDottedOrder(write), null);
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

    private async Task<RunWrite> FromParentAsync(RunWrite write, IReadOnlyDictionary<Guid, RunWrite> earlier, CancellationToken cancellationToken)
    {
        if (write.Kind == RunWriteKind.Patch || write.StartTime is not { } start)
        {
            return write;
        }

        if (write.ParentRunId is not { } parentId)
        {
            return write with { DottedOrder = DottedOrder.Print(start, write.RunId), TraceId = write.TraceId ?? write.RunId };
        }

        if (earlier.TryGetValue(parentId, out var sibling) && sibling.DottedOrder is not null)
        {
            return write with { DottedOrder = DottedOrder.Print(sibling.DottedOrder, start, write.RunId), TraceId = write.TraceId ?? sibling.TraceId };
        }

        // An unknown parent leaves the run without a path; it still hangs under its parent by id.
        var parent = await runs.FindAsync(write.Workspace, parentId, RunPayload.None, cancellationToken);
        return parent is null || parent.DottedOrder.Length == 0
            ? write
            : write with { DottedOrder = DottedOrder.Print(parent.DottedOrder, start, write.RunId), TraceId = write.TraceId ?? parent.TraceId };
    }

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
