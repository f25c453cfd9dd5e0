using System.Text.Json.Nodes;
using LangSmith.Server.Curation.Documents;
using LangSmith.Server.Curation.Queues;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore;
using LangSmith.Server.Storage.Documents;
using LangSmith.Server.Web.Datasets;
using LangSmith.Server.Web.Payloads;
using LangSmith.Server.Web.Traces;

namespace LangSmith.Server.Web.Queues;

/// <summary>Reads annotation queues. Thread-safe.</summary>
internal sealed class QueuesReading(IDocumentStore documents, RunReading reading, TraceReading traces, DatasetsReading datasets)
{
    private const int QueuesMax = 200;

    public async Task<QueuesModel> ListAsync(WorkspaceId workspace, Uri origin, CancellationToken cancellationToken)
    {
        var queues = await documents.ListAsync(
            new DocumentQuery { Workspace = workspace, Kind = DocumentKinds.Queue, Limit = QueuesMax }, cancellationToken);
        var rows = new List<QueueRow>(queues.Count);
        foreach (var queue in queues)
        {
            var items = await ItemsAsync(workspace, queue.Id, cancellationToken);
            var done = items.Count(item => item.IsDone);
            rows.Add(new QueueRow(queue.Id, queue.Name ?? "", Shelf.Json(queue).Text("description"), items.Count - done, done, queue.CreatedAt));
        }

        return new QueuesModel(rows, origin);
    }

    /// <summary>Reads a queue and one of its items, the first that waits when none is named; null when there is no such queue.</summary>
    public async Task<ReviewModel?> ReadAsync(WorkspaceId workspace, Guid id, Guid? itemId, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(workspace, DocumentKinds.Queue, id, cancellationToken) is not { } queue)
        {
            return null;
        }

        var json = Shelf.Json(queue);
        var items = await ItemsAsync(workspace, id, cancellationToken);
        var waiting = items.Where(item => !item.IsDone).ToList();
        var model = new ReviewModel
        {
            QueueId = id,
            Name = queue.Name ?? "",
            Description = json.Text("description"),
            Instructions = json.Text("rubric_instructions"),
            Rubric = Rubric.Read(json, await ConfigsAsync(workspace, cancellationToken)),
            Waiting = waiting,
            Done = items.Count - waiting.Count,
            Item = items.FirstOrDefault(item => item.Id == itemId || item.RunId == itemId) ?? (itemId is null ? waiting.FirstOrDefault() : null),
            Dataset = json.Id("default_dataset") is { } dataset ? await datasets.FindAsync(workspace, dataset, cancellationToken) : null,
        };
        if (model.Item?.RunId is not { } runId || await reading.FindAsync(workspace, runId, RunPayload.All, cancellationToken) is not { } run)
        {
            return model;
        }

        var inputs = PayloadModel.Read(run.Record.Inputs);
        return model with
        {
            Run = run,
            Inputs = inputs,
            Outputs = PayloadModel.Read(run.Record.Outputs)?.After(inputs),
            Feedback = await traces.FeedbackAsync(workspace, runId, cancellationToken),
        };
    }

    private async Task<IReadOnlyList<QueueItem>> ItemsAsync(WorkspaceId workspace, Guid queue, CancellationToken cancellationToken)
    {
        var query = new DocumentQuery { Workspace = workspace, Kind = DocumentKinds.QueueItem, ParentId = queue, Ascending = true, Limit = Shelf.All };
        return [.. QueueItem.InOrder(await documents.ListAsync(query, cancellationToken)).Select(QueueItem.Of)];
    }

    private async Task<IReadOnlyDictionary<string, JsonObject>> ConfigsAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        var configs = await documents.ListAsync(
            new DocumentQuery { Workspace = workspace, Kind = DocumentKinds.FeedbackConfig, Limit = Shelf.All }, cancellationToken);
        return configs.Where(config => config.Name is not null).ToDictionary(config => config.Name!, Shelf.Json, StringComparer.Ordinal);
    }
}
