using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Curation.Queues;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Api.Queues;

/// <summary>The runs of annotation queues, v1.</summary>
internal static class QueueRunEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/annotation-queues/{queueId}/runs", AddAsync);
        api.MapPost("/annotation-queues/{queueId}/runs/by-key", AddAsync);
        api.MapGet("/annotation-queues/{queueId}/runs", ListAsync);
        api.MapGet("/annotation-queues/{queueId}/run/{index:int}", ReadAsync);
        api.MapPost("/annotation-queues/{queueId}/runs/delete", DeleteManyAsync);
        api.MapGet("/annotation-queues/{queueId}/runs/resolve/{itemId}", ResolveAsync);
        api.MapPatch("/annotation-queues/{queueId}/runs/{itemId}", async (HttpContext context, string queueId, string itemId, TimeProvider time) =>
        {
            var queue = await QueueEndpoints.FindAsync(context, queueId);
            return await SetStatusAsync(context, await QueueItems.FindAsync(context, queue.Id, itemId), time);
        });
        api.MapDelete("/annotation-queues/{queueId}/runs/{itemId}", async (HttpContext context, string queueId, string itemId) =>
        {
            var queue = await QueueEndpoints.FindAsync(context, queueId);
            await QueueItems.DeleteAsync(context, await QueueItems.FindAsync(context, queue.Id, itemId));
            return JsonBody.Of(null);
        });
        api.MapPost("/annotation-queues/status/{itemId}", async (HttpContext context, string itemId, TimeProvider time) =>
            await SetStatusAsync(context, await QueueItems.FindAsync(context, null, itemId), time));
        api.MapPost("/annotation-queues/{queueId}/export", ExportAsync);
    }

    private static async Task<IResult> AddAsync(HttpContext context, string queueId, RunReading reading, TimeProvider time)
    {
        var queue = await QueueEndpoints.FindAsync(context, queueId);
        using var document = await RequestBodies.ReadJsonAsync(context);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw ProblemException.Invalid("The body is an array of run ids, or of objects with a run_id.");
        }

        var added = new JsonArray();
        foreach (var item in document.RootElement.EnumerateArray())
        {
            var id = item.ValueKind == JsonValueKind.Object
                ? new BodyFields(item).Id("run_id") ?? throw ProblemException.Invalid("'run_id' is missing.")
                : RequestValues.ParseId("run_id", item.ToString());
            var run = await reading.FindAsync(context.Workspace(), id, RunPayload.None, context.RequestAborted) ?? throw ProblemException.NotFound("Run", id);
            added.Add(QueueItems.Show(await QueueItems.AddAsync(context, queue.Id, QueueItem.Run, id.ToString(), run.Record.ProjectId, time)));
        }

        return JsonBody.Of(added);
    }

    private static async Task<IResult> ListAsync(HttpContext context, string queueId, RunReading reading)
    {
        var queue = await QueueEndpoints.FindAsync(context, queueId);
        var values = new RequestValues(context.Request);
        var isDone = values.Flag("archived") ?? QueueItems.IsDoneOf(values.Text("status") ?? "needs_my_review");
        var items = (await QueueItems.ListAsync(context, queue.Id, isDone)).Skip(values.Offset).Take(values.Limit);
        return await ShowAsync(context, items, asList: true, reading);
    }

    private static async Task<IResult> ReadAsync(HttpContext context, string queueId, int index, RunReading reading)
    {
        var queue = await QueueEndpoints.FindAsync(context, queueId);
        var items = await QueueItems.ListAsync(context, queue.Id, isDone: false);
        return index >= 0 && index < items.Count
            ? await ShowAsync(context, [items[index]], asList: false, reading)
            : throw new ProblemException(StatusCodes.Status404NotFound, $"The queue has {items.Count} runs to look at; there is none at {index}.");
    }

    /// <summary>Shows runs with their place in the queue; a run that was deleted since is left out.</summary>
    private static async Task<IResult> ShowAsync(HttpContext context, IEnumerable<Document> items, bool asList, RunReading reading)
    {
        var runs = new List<(Document Item, ReadRun Run)>();
        foreach (var item in items)
        {
            if (QueueItems.RunOf(item) is { } id && await reading.FindAsync(context.Workspace(), id, RunPayload.All, context.RequestAborted) is { } run)
            {
                runs.Add((item, run));
            }
        }

        if (!asList && runs.Count == 0)
        {
            throw new ProblemException(StatusCodes.Status404NotFound, "The run of this queue item was deleted.");
        }

        var json = new RunJson(context.Links(), RunSelection.All);
        return JsonBody.Ok(writer =>
        {
            if (asList)
            {
                writer.WriteStartArray();
            }

            foreach (var (item, run) in runs)
            {
                writer.WriteStartObject();
                json.WriteFields(writer, run);
                var place = QueueItems.Show(item);
                writer.WriteString("queue_run_id", item.Id);
                foreach (var name in (string[])["added_at", "effective_added_at", "last_reviewed_time"])
                {
                    writer.WriteString(name, (string?)place[name]);
                }

                foreach (var name in (string[])["reserved_by", "completed_by"])
                {
                    writer.WriteStartArray(name);
                    writer.WriteEndArray();
                }

                writer.WriteEndObject();
            }

            if (asList)
            {
                writer.WriteEndArray();
            }
        });
    }

    private static async Task<IResult> DeleteManyAsync(HttpContext context, string queueId)
    {
        var queue = await QueueEndpoints.FindAsync(context, queueId);
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var wanted = body.Ids("queue_run_ids").ToHashSet();
        var kept = body.Ids("exclude_run_ids").ToHashSet();
        var all = body.Flag("delete_all") == true;
        foreach (var item in await QueueItems.ListAsync(context, queue.Id, null))
        {
            if ((all || wanted.Contains(item.Id)) && !(QueueItems.RunOf(item) is { } run && kept.Contains(run)))
            {
                await QueueItems.DeleteAsync(context, item);
            }
        }

        return JsonBody.Of(null);
    }

    private static async Task<IResult> ResolveAsync(HttpContext context, string queueId, string itemId)
    {
        var queue = await QueueEndpoints.FindAsync(context, queueId);
        var item = await QueueItems.FindAsync(context, queue.Id, itemId);
        var place = QueueItems.Show(item);
        place["section"] = QueueItems.IsDone(item) ? "completed" : "needs_my_review";
        place["position"] = (await QueueItems.BeforeAsync(context, queue.Id, item)).Count;
        return JsonBody.Of(place);
    }

    private static async Task<IResult> SetStatusAsync(HttpContext context, Document item, TimeProvider time)
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        await QueueItems.SetStatusAsync(context, item, new BodyFields(document.RootElement), time);
        return JsonBody.Of(null);
    }

    private static async Task<IResult> ExportAsync(HttpContext context, string queueId, RunReading reading)
    {
        var queue = await QueueEndpoints.FindAsync(context, queueId);
        return await ShowAsync(context, await QueueItems.ListAsync(context, queue.Id, isDone: true), asList: true, reading);
    }
}
