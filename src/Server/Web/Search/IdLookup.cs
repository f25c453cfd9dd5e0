using LangSmith.Server.Domain;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;
using LangSmith.Server.Web.Shell;

namespace LangSmith.Server.Web.Search;

/// <summary>Finds what an id belongs to. Thread-safe.</summary>
internal sealed class IdLookup(IRunStore runs, ICatalogue catalogue)
{
    /// <summary>The page of the thing that has an id, and what it was not.</summary>
    public async Task<(string? Address, IReadOnlyList<string> Tried)> FindAsync(WorkspaceId workspace, Guid id, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(workspace, id, RunPayload.None, cancellationToken) is not null)
        {
            return (Links.Run(id), []);
        }

        if (await FirstAsync(workspace, new RunFilter.Compare(RunProperty.TraceId, Comparison.Equal, id), cancellationToken) is { } ofTrace)
        {
            return (Links.Run(ofTrace.Id), []);
        }

        if (await catalogue.FindProjectAsync(workspace, id, cancellationToken) is { } project)
        {
            return (Links.Project(project.Name), []);
        }

        if (await runs.FindFeedbackAsync(workspace, id, cancellationToken) is { RunId: { } judged })
        {
            return ($"{Links.Run(judged)}?tab=feedback", []);
        }

        if (await ThreadAsync(workspace, id.ToString(), cancellationToken) is { } thread)
        {
            return (thread, []);
        }

        return (null, ["a run", "a trace whose root has not arrived", "a project", "feedback", "a thread"]);
    }

    /// <summary>The page of a conversation; null when no run belongs to it.</summary>
    public async Task<string?> ThreadAsync(WorkspaceId workspace, string thread, CancellationToken cancellationToken) =>
        await FirstAsync(workspace, new RunFilter.Compare(RunProperty.ThreadId, Comparison.Equal, thread), cancellationToken) is { } run
            && await catalogue.FindProjectAsync(workspace, run.ProjectId, cancellationToken) is { } project
                ? Links.Thread(project.Name, thread)
                : null;

    private async Task<RunRecord?> FirstAsync(WorkspaceId workspace, RunFilter filter, CancellationToken cancellationToken)
    {
        var query = new RunQuery { Workspace = workspace, Filter = filter, Ascending = true, Limit = 1, Payload = RunPayload.None };
        return (await runs.QueryAsync(query, cancellationToken)).Runs is [var run, ..] ? run : null;
    }
}
