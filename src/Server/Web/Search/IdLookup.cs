using LangSmith.Server.Domain;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;
using LangSmith.Server.Web.Runs;
using LangSmith.Server.Web.Shell;

namespace LangSmith.Server.Web.Search;

/// <summary>Finds what an id belongs to. Thread-safe.</summary>
internal sealed class IdLookup(IRunStore runs, ICatalogue catalogue, NameSearch names)
{
    private static readonly string[] s_tried =
    [
        "a run", "a trace whose root has not arrived", "a project", "feedback", "a dataset", "an annotation queue", "a prompt", "an example", "a thread",
        "a value in the metadata of a run",
    ];

    /// <summary>The page of the thing that has an id, and what it was not.</summary>
    public async Task<(string? Address, IReadOnlyList<string> Tried)> FindAsync(WorkspaceId workspace, Guid id, CancellationToken cancellationToken)
    {
        if (await RunAsync(workspace, id, cancellationToken) is { } run)
        {
            return (Links.Run(run), []);
        }

        if (await catalogue.FindProjectAsync(workspace, id, cancellationToken) is { } project)
        {
            return (Links.Project(project.Name), []);
        }

        if (await runs.FindFeedbackAsync(workspace, id, cancellationToken) is { RunId: { } judged })
        {
            return ($"{Links.Run(judged)}?tab=feedback", []);
        }

        if (await names.FindAsync(workspace, id, cancellationToken) is { } page)
        {
            return (page.Address, []);
        }

        foreach (var text in (string[])[id.ToString("D"), id.ToString("N")])
        {
            if (await TextAsync(workspace, text, cancellationToken) is { } address)
            {
                return (address, []);
            }
        }

        return (null, s_tried);
    }

    /// <summary>The run with an id, else the first of the trace that has it; null when there is neither.</summary>
    public async Task<Guid?> RunAsync(WorkspaceId workspace, Guid id, CancellationToken cancellationToken) =>
        await runs.FindAsync(workspace, id, RunPayload.None, cancellationToken) is not null
            ? id
            : (await FirstAsync(workspace, new RunFilter.Compare(RunProperty.TraceId, Comparison.Equal, id), cancellationToken))?.Id;

    /// <summary>The page of what programs call by a text of their own: a conversation, or runs with it in their metadata; null when nothing is.</summary>
    public async Task<string?> TextAsync(WorkspaceId workspace, string text, CancellationToken cancellationToken) =>
        await ThreadAsync(workspace, text, cancellationToken) ?? await ByMetadataAsync(workspace, text, cancellationToken);

    private async Task<string?> ThreadAsync(WorkspaceId workspace, string thread, CancellationToken cancellationToken) =>
        await FirstAsync(workspace, new RunFilter.Compare(RunProperty.ThreadId, Comparison.Equal, thread), cancellationToken) is { } run
            && await catalogue.FindProjectAsync(workspace, run.ProjectId, cancellationToken) is { } project
                ? Links.Thread(project.Name, thread)
                : null;

    private async Task<string?> ByMetadataAsync(WorkspaceId workspace, string value, CancellationToken cancellationToken)
    {
        var word = new FilterWord("meta", value);
        var query = new RunQuery { Workspace = workspace, Filter = FilterWords.Read(word)?.Filter, Limit = 2, Payload = RunPayload.None };
        return (await runs.QueryAsync(query, cancellationToken)).Runs switch
        {
            [] => null,
            [var only] => Links.Run(only.Id),
            _ => new RunsAddress(null, word.Text, "all", "all").ToString(),
        };
    }

    private async Task<RunRecord?> FirstAsync(WorkspaceId workspace, RunFilter filter, CancellationToken cancellationToken)
    {
        var query = new RunQuery { Workspace = workspace, Filter = filter, Ascending = true, Limit = 1, Payload = RunPayload.None };
        return (await runs.QueryAsync(query, cancellationToken)).Runs is [var run, ..] ? run : null;
    }
}
