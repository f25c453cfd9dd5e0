using LangSmith.Server.Domain;
using LangSmith.Server.Explore;
using LangSmith.Server.Explore.Sharing;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;
using LangSmith.Server.Web.Feedbacks;
using LangSmith.Server.Web.Payloads;

namespace LangSmith.Server.Web.Traces;

/// <summary>Reads what the pages of runs show. Thread-safe.</summary>
internal sealed class TraceReading(RunReading reading, TraceShelf traces, IRunStore runs, ICatalogue catalogue)
{
    private const int FeedbackMax = 200;

    /// <summary>A browser shows this much text at once; more is for files.</summary>
    private const int RawBytesMax = 1_000_000;

    /// <summary>Reads a run in its trace; null when the workspace has no such run.</summary>
    public async Task<TraceModel?> FindAsync(WorkspaceId workspace, Guid runId, TraceAddress address, CancellationToken cancellationToken)
    {
        if (await DetailAsync(workspace, runId, TracePlace.Own, address.Tab, cancellationToken) is not { } detail)
        {
            return null;
        }

        var trace = await ColumnsAsync(workspace, detail.Record.TraceId, cancellationToken);
        var rows = trace.Rows is [] ? [new TraceRow(detail.Record, 0, false)] : trace.Rows;
        return new TraceModel
        {
            Rows = rows,
            Newer = await NeighbourAsync(workspace, rows[0].Run, ascending: true, cancellationToken),
            Older = await NeighbourAsync(workspace, rows[0].Run, ascending: false, cancellationToken),
            Usage = trace.Usage,
            IsCut = trace.IsCut,
            Selected = detail,
            Place = TracePlace.Own,
            Project = await catalogue.FindProjectAsync(workspace, detail.Record.ProjectId, cancellationToken),
            Address = address,
        };
    }

    /// <summary>Reads a run in what a token shares; null when the run is gone.</summary>
    public async Task<TraceModel?> SharedAsync(
        SharedTree tree, Guid runId, TracePlace place, TraceAddress address, CancellationToken cancellationToken)
    {
        if (await DetailAsync(tree.Workspace, runId, place, address.Tab, cancellationToken) is not { } detail)
        {
            return null;
        }

        var columns = ColumnsOf(tree);
        return new TraceModel
        {
            Rows = columns.Rows,
            Usage = columns.Usage,
            IsCut = columns.IsCut,
            Selected = detail,
            Place = place,
            Address = address,
        };
    }

    /// <summary>What a token shares, for the tree. It does not say that it is live: the stream of a trace is for its owners.</summary>
    public static TraceColumns ColumnsOf(SharedTree tree) => new(
        // What is above the shared run is kept back, not lost.
        [.. TraceOrder.Of(tree.Runs).Select(row => row with { IsOrphan = row.IsOrphan && row.Run.Id != tree.Root })],
        UsageRollup.Of(tree.Runs),
        IsCut: false);

    /// <summary>Reads all runs of a trace for the tree.</summary>
    public Task<TraceColumns> ColumnsAsync(WorkspaceId workspace, Guid traceId, CancellationToken cancellationToken) =>
        traces.FindAsync(workspace, traceId, cancellationToken);

    /// <summary>Tells the state of a trace.</summary>
    public Task<TraceVersion> VersionAsync(WorkspaceId workspace, Guid traceId, CancellationToken cancellationToken) =>
        runs.FindTraceVersionAsync(workspace, traceId, cancellationToken);

    /// <summary>Reads one run; null when the workspace has none.</summary>
    public async Task<RunDetailModel?> DetailAsync(
        WorkspaceId workspace, Guid runId, TracePlace place, string tab, CancellationToken cancellationToken)
    {
        if (await reading.FindAsync(workspace, runId, Payload(tab), RunDetails.None, cancellationToken) is not { } found)
        {
            return null;
        }

        var trace = await traces.FindAsync(workspace, found.Record.TraceId, cancellationToken);
        var run = found with { Usage = trace.Usage.GetValueOrDefault(runId) ?? found.Usage };

        var record = run.Record;
        var identity = tab == "identity" ? await runs.FindIdentityAsync(workspace, runId, cancellationToken) : null;
        var feedback = await FeedbackAsync(workspace, runId, cancellationToken);
        var inputs = tab == "messages" ? PayloadModel.Read(record.Inputs) : null;
        var outputs = tab == "messages" ? PayloadModel.Read(record.Outputs)?.After(inputs) : null;
        return new RunDetailModel
        {
            Run = run,
            Place = place,
            Tab = tab,
            Inputs = inputs,
            Outputs = outputs,
            Extra = RunExtra.Read(record.Extra),
            Feedback = feedback,
            Serialized = tab == "metadata" ? JsonItem.Read(record.Serialized) : null,
            Events = tab == "metadata" ? JsonItem.Read(record.Events) : null,
            Identity = identity is null ? null : IdentityModel.Of(run, identity, feedback),
            Raw = tab == "raw" && RawRun.SizeBytes(record) <= RawBytesMax ? VisibleText.OfJson(RawRun.Write(run)) : null,
        };
    }

    /// <summary>Reads a run with all its payloads; null when the workspace has none.</summary>
    public Task<ReadRun?> RawAsync(WorkspaceId workspace, Guid runId, CancellationToken cancellationToken) =>
        reading.FindAsync(workspace, runId, RunPayload.All, cancellationToken);

    /// <summary>Reads what is said about a run, whether it has arrived or not.</summary>
    public async Task<FeedbackPanelModel> FeedbackAsync(WorkspaceId workspace, Guid runId, CancellationToken cancellationToken)
    {
        var found = await runs.ListFeedbackAsync(
            new FeedbackQuery { Workspace = workspace, RunIds = [runId], Limit = FeedbackMax }, cancellationToken);
        return new FeedbackPanelModel(runId, [.. found.Select(FeedbackItem.Of)]);
    }

    /// <summary>The runs of a trace whose inputs, outputs, name or error hold all words.</summary>
    public async Task<IReadOnlyList<Guid>> SearchAsync(WorkspaceId workspace, Guid traceId, string words, CancellationToken cancellationToken)
    {
        var page = await runs.QueryAsync(
            new RunQuery
            {
                Workspace = workspace,
                Filter = new RunFilter.AllOf(
                    new RunFilter.Compare(RunProperty.TraceId, Comparison.Equal, traceId),
                    new RunFilter.Search(words.Split(' ', StringSplitOptions.RemoveEmptyEntries))),
                Ascending = true,
                Limit = 1_000,
                Payload = RunPayload.None,
            },
            cancellationToken);
        return [.. page.Runs.Select(run => run.Id)];
    }

    private async Task<Guid?> NeighbourAsync(WorkspaceId workspace, RunRecord root, bool ascending, CancellationToken cancellationToken)
    {
        var query = new RunQuery
        {
            Workspace = workspace,
            Filter = new RunFilter.AllOf(
                new RunFilter.Compare(RunProperty.ProjectId, Comparison.Equal, root.ProjectId),
                new RunFilter.Compare(RunProperty.IsRoot, Comparison.Equal, true)),
            Ascending = ascending,
            After = new RunPosition(root.StartTime, root.Id),
            Limit = 1,
            Payload = RunPayload.None,
        };
        return (await runs.QueryAsync(query, cancellationToken)).Runs is [var next, ..] ? next.Id : null;
    }

    /// <summary>What a tab shows. The head of the pane always needs the model's name.</summary>
    private static RunPayload Payload(string tab) => tab switch
    {
        "messages" => RunPayload.Inputs | RunPayload.Outputs | RunPayload.Extra,
        "metadata" => RunPayload.Extra | RunPayload.Events | RunPayload.Serialized,
        "raw" or "identity" => RunPayload.All,
        _ => RunPayload.Extra,
    };
}
