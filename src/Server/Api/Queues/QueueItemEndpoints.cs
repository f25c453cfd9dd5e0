using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Curation.Queues;

namespace LangSmith.Server.Api.Queues;

/// <summary>The items of annotation queues, runs and threads, as the platform API has them.</summary>
internal static class QueueItemEndpoints
{
    private const string Root = "/platform/annotation-queues";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet($"{Root}/{{queueId}}/items", ListAsync);
        api.MapPost($"{Root}/{{queueId}}/items", AddAsync);
        api.MapGet($"{Root}/{{queueId}}/items/count", CountAsync);
        api.MapPost($"{Root}/{{queueId}}/items/delete", DeleteAsync);
        api.MapPatch($"{Root}/{{queueId}}/items/{{itemId}}", async (HttpContext context, string queueId, string itemId, TimeProvider time) =>
        {
            var queue = await QueueEndpoints.FindAsync(context, queueId);
            return await SetStatusAsync(context, queue.Id, itemId, time);
        });
        api.MapGet($"{Root}/{{queueId}}/items/{{itemId}}/placement", PlaceAsync);
        api.MapPost($"{Root}/items/{{itemId}}/status", (HttpContext context, string itemId, TimeProvider time) =>
            SetStatusAsync(context, null, itemId, time));
    }

    private static async Task<IResult> ListAsync(HttpContext context, string queueId)
    {
        var queue = await QueueEndpoints.FindAsync(context, queueId);
        var values = new RequestValues(context.Request);
        var items = await QueueItems.ListAsync(context, queue.Id, QueueItems.IsDoneOf(values.Text("status") ?? "needs_my_review"));
        if (values.Text("direction") == "backward")
        {
            items = [.. items.Reverse()];
        }

        var size = values.Number("page_size", 20, 1, 100);
        // The cursor is the last item shown; when it is gone, the page begins anew.
        var start = values.Id("cursor") is { } cursor ? items.TakeWhile(item => item.Id != cursor).Count() + 1 : 0;
        var page = items.Skip(start > items.Count ? 0 : start).Take(size).ToList();
        var more = page.Count > 0 && page[^1].Id != items[^1].Id;
        return JsonBody.Of(new JsonObject
        {
            ["items"] = new JsonArray([.. page.Select(QueueItems.Show)]),
            ["next_cursor"] = more ? page[^1].Id.ToString() : null,
            ["has_more"] = more,
        });
    }

    private static async Task<IResult> AddAsync(HttpContext context, string queueId, TimeProvider time)
    {
        var queue = await QueueEndpoints.FindAsync(context, queueId);
        using var document = await RequestBodies.ReadJsonAsync(context);
        var items = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("items", out var inside)
            ? inside
            : document.RootElement;
        if (items.ValueKind != JsonValueKind.Array)
        {
            throw ProblemException.Invalid("'items' is an array.");
        }

        var added = new JsonArray();
        foreach (var body in items.EnumerateArray().Select(item => new BodyFields(item)))
        {
            var type = body.Text("item_type")?.ToUpperInvariant() ?? QueueItem.Run;
            var subject = type switch
            {
                QueueItem.Run => RequestValues.ParseId("run_id", body.Required("run_id")).ToString(),
                QueueItem.Thread => body.Required("thread_id"),
                _ => throw ProblemException.Invalid($"'item_type' is '{type}'; give RUN or THREAD."),
            };
            added.Add(QueueItems.Show(await QueueItems.AddAsync(context, queue.Id, type, subject, body.Id("project_id"), time)));
        }

        return JsonBody.Of(new JsonObject { ["items"] = added });
    }

    private static async Task<IResult> CountAsync(HttpContext context, string queueId)
    {
        var queue = await QueueEndpoints.FindAsync(context, queueId);
        var isDone = QueueItems.IsDoneOf(new RequestValues(context.Request).Text("status"));
        return JsonBody.Of(new JsonObject { ["count"] = (await QueueItems.ListAsync(context, queue.Id, isDone)).Count });
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, string queueId)
    {
        var queue = await QueueEndpoints.FindAsync(context, queueId);
        using var document = await RequestBodies.ReadObjectAsync(context);
        foreach (var id in new BodyFields(document.RootElement).List("item_ids"))
        {
            await QueueItems.DeleteAsync(context, await QueueItems.FindAsync(context, queue.Id, id));
        }

        return Results.NoContent();
    }

    private static async Task<IResult> PlaceAsync(HttpContext context, string queueId, string itemId)
    {
        var queue = await QueueEndpoints.FindAsync(context, queueId);
        var item = await QueueItems.FindAsync(context, queue.Id, itemId);
        var before = await QueueItems.BeforeAsync(context, queue.Id, item);
        return JsonBody.Of(new JsonObject
        {
            ["position"] = before.Count,
            ["section"] = QueueItems.IsDone(item) ? "archived" : "needs_my_review",
            ["item_type"] = (string?)Shelf.Json(item)["item_type"],
            ["cursor"] = before.Count == 0 ? null : before[^1].Id.ToString(),
        });
    }

    private static async Task<IResult> SetStatusAsync(HttpContext context, Guid? queueId, string itemId, TimeProvider time)
    {
        var item = await QueueItems.FindAsync(context, queueId, itemId);
        using var document = await RequestBodies.ReadObjectAsync(context);
        await QueueItems.SetStatusAsync(context, item, new BodyFields(document.RootElement), time);
        return JsonBody.Of(QueueItems.Show(await QueueItems.FindAsync(context, queueId, itemId)));
    }
}
