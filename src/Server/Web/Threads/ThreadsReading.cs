using LangSmith.Server.Domain;
using LangSmith.Server.Explore;
using LangSmith.Server.Explore.Threads;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;
using LangSmith.Server.Web.Payloads;

namespace LangSmith.Server.Web.Threads;

/// <summary>Reads conversations. Thread-safe.</summary>
internal sealed class ThreadsReading(ThreadReading threads, RunReading reading, ICatalogue catalogue, TimeProvider time)
{
    public const int PageSize = 50;

    private const int TurnsMax = 100;

    /// <summary>Reads a page of a project's threads and the turns of one; null when there is no such project.</summary>
    public async Task<ThreadsModel?> ReadAsync(WorkspaceId workspace, string projectName, string? open, int page, CancellationToken cancellationToken)
    {
        if (await catalogue.FindProjectAsync(workspace, projectName, cancellationToken) is not { } project)
        {
            return null;
        }

        var ofProject = new RunFilter.Compare(RunProperty.ProjectId, Comparison.Equal, project.Id);
        var (found, total) = await threads.ListAsync(workspace, new ThreadQuery(ofProject), page * PageSize, PageSize, cancellationToken);
        var shown = open ?? (found is [var first, ..] ? first.ThreadId : null);
        return new ThreadsModel
        {
            Project = project,
            Threads = found,
            Total = total,
            Page = page,
            Open = shown,
            Turns = shown is null ? [] : await TurnsAsync(workspace, shown, ofProject, cancellationToken),
            Now = time.GetUtcNow(),
        };
    }

    private async Task<IReadOnlyList<ThreadsModel.Turn>> TurnsAsync(
        WorkspaceId workspace, string thread, RunFilter filter, CancellationToken cancellationToken)
    {
        // The newest turns are what people look for; they are then shown in the order of speech.
        var query = new RunQuery
        {
            Workspace = workspace,
            Filter = ThreadReading.Turns(thread, filter),
            Limit = TurnsMax,
            Payload = RunPayload.Inputs | RunPayload.Outputs,
        };
        var turns = await reading.QueryAsync(query, RunDetails.Feedback | RunDetails.Rollup, cancellationToken);
        return [.. turns.Runs.Reverse().Select(run => Turn(run))];
    }

    private static ThreadsModel.Turn Turn(ReadRun run)
    {
        var inputs = PayloadModel.Read(run.Record.Inputs);
        var outputs = PayloadModel.Read(run.Record.Outputs)?.After(inputs);
        // A turn's inputs often repeat the whole conversation: only its last human message is new.
        var last = inputs?.Messages?.LastOrDefault(message => message.Role == "human");
        return new ThreadsModel.Turn(run, last is null ? inputs : inputs! with { Messages = [last] }, outputs);
    }
}
