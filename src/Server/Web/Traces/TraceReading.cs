using LangSmith.Server.Domain;
using LangSmith.Server.Explore;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;
using LangSmith.Server.Web.Feedbacks;
using LangSmith.Server.Web.Payloads;

namespace LangSmith.Server.Web.Traces;

/// <summary>Reads what the pages of runs show. Thread-safe.</summary>
internal sealed class TraceReading(RunReading reading, IRunStore runs, ICatalogue catalogue)
{
    /// <summary>Runs of one trace that a page shows.</summary>
    public const int RunsMax = 25_000;

    /// <summary>Models are read from payloads, so only for this many runs.</summary>
    private const int ModelsMax = 1_000;

    private const int FeedbackMax = 200;

    /// <summary>Reads a run in its trace; null when the workspace has no such run.</summary>
    public async Task<TraceModel?> FindAsync(WorkspaceId workspace, Guid runId, TraceAddress address, CancellationToken cancellationToken)
    {
        if (await DetailAsync(workspace, runId, address.Tab, cancellationToken) is not { } detail)
        {
            return null;
        }

        var trace = await ColumnsAsync(workspace, detail.Record.TraceId, cancellationToken);
        return new TraceModel
        {
            Rows = trace.Rows is [] ? [new TraceRow(detail.Record, 0, false)] : trace.Rows,
            Usage = trace.Usage,
            Models = trace.Models,
            IsCut = trace.IsCut,
            Selected = detail,
            Project = await catalogue.FindProjectAsync(workspace, detail.Record.ProjectId, cancellationToken),
            Address = address,
        };
    }

    /// <summary>Reads all runs of a trace for the tree.</summary>
    public async Task<TraceColumns> ColumnsAsync(WorkspaceId workspace, Guid traceId, CancellationToken cancellationToken)
    {
        var all = await reading.TracesAsync(workspace, [traceId], RunsMax + 1, cancellationToken);
        var cut = all.Count > RunsMax;
        var shown = cut ? [.. all.Take(RunsMax)] : all;
        return new TraceColumns(TraceOrder.Of(shown), UsageRollup.Of(shown), await ModelsAsync(workspace, traceId, shown, cancellationToken), cut);
    }

    /// <summary>Reads one run; null when the workspace has none.</summary>
    public async Task<RunDetailModel?> DetailAsync(WorkspaceId workspace, Guid runId, string tab, CancellationToken cancellationToken)
    {
        if (await reading.FindAsync(workspace, runId, RunPayload.All, cancellationToken) is not { } run)
        {
            return null;
        }

        var record = run.Record;
        var identity = tab == "identity" ? await runs.FindIdentityAsync(workspace, runId, cancellationToken) : null;
        var inputs = tab == "messages" ? PayloadModel.Read(record.Inputs) : null;
        var outputs = tab == "messages" ? PayloadModel.Read(record.Outputs)?.After(inputs) : null;
        return new RunDetailModel
        {
            Run = run,
            Tab = tab,
            Inputs = inputs,
            Outputs = outputs,
            Extra = RunExtra.Read(record.Extra),
            Feedback = await FeedbackAsync(workspace, runId, cancellationToken),
            Serialized = tab == "metadata" ? JsonItem.Read(record.Serialized) : null,
            Events = tab == "metadata" ? JsonItem.Read(record.Events) : null,
            Identity = identity is null ? null : IdentityModel.Of(record, identity),
            Raw = tab == "raw" ? RawRun.Write(run) : null,
        };
    }

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

    private async Task<IReadOnlyDictionary<Guid, string>> ModelsAsync(
        WorkspaceId workspace, Guid traceId, IReadOnlyList<RunRecord> trace, CancellationToken cancellationToken)
    {
        var calls = trace.Count(run => run.RunType is Protocol.RunTypes.Llm or Protocol.RunTypes.Embedding);
        if (calls is 0 or > ModelsMax)
        {
            return new Dictionary<Guid, string>();
        }

        var query = new RunQuery
        {
            Workspace = workspace,
            Filter = new RunFilter.AllOf(
                new RunFilter.Compare(RunProperty.TraceId, Comparison.Equal, traceId),
                new RunFilter.OneOf(RunProperty.RunType, [Protocol.RunTypes.Llm, Protocol.RunTypes.Embedding])),
            Limit = ModelsMax,
            Payload = RunPayload.Extra,
        };
        var page = await runs.QueryAsync(query, cancellationToken);
        return page.Runs.Select(run => (run.Id, RunExtra.Read(run.Extra).Model))
            .Where(run => run.Model is not null)
            .ToDictionary(run => run.Id, run => run.Model!);
    }
}
