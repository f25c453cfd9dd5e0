using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Curation.Queues;
using LangSmith.Server.Explore;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Api.Queues;

/// <summary>Annotation queues: what people are to look at.</summary>
internal static class QueueEndpoints
{
    /// <summary>What a queue is made of besides its name, with the values that it has unless told otherwise.</summary>
    private static readonly (string Name, JsonNode? Default, Func<BodyFields, string, JsonNode?> Read)[] s_fields =
    [
        ("description", null, Text), ("default_dataset", null, (body, name) => JsonValue.Create(body.Id(name)?.ToString())),
        ("num_reviewers_per_item", 1, Number), ("enable_reservations", true, (body, name) => JsonValue.Create(body.Flag(name))),
        ("reservation_minutes", 1, Number), ("reviewer_access_mode", "any", Text), ("assigned_reviewers", new JsonArray(), List),
        ("rubric_items", null, List), ("rubric_instructions", null, Text), ("metadata", null, (body, name) => body.Object(name)),
        ("queue_type", "single", Type), ("session_ids", null, List),
    ];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/annotation-queues", (Delegate)ListAsync);
        api.MapPost("/annotation-queues", (Delegate)CreateAsync);
        api.MapDelete("/annotation-queues", (Delegate)DeleteManyAsync);
        api.MapPost("/annotation-queues/populate", PopulateAsync);
        api.MapGet("/annotation-queues/{queueId}", async (HttpContext context, string queueId) =>
            JsonBody.Of(Show(await FindAsync(context, queueId))));
        api.MapPatch("/annotation-queues/{queueId}", UpdateAsync);
        api.MapDelete("/annotation-queues/{queueId}", async (HttpContext context, string queueId) =>
        {
            await context.Shelf(DocumentKinds.Queue).DeleteAsync((await FindAsync(context, queueId)).Id);
            return JsonBody.Of(null);
        });
        api.MapGet("/annotation-queues/{queueId}/size", async (HttpContext context, string queueId) =>
            await SizeAsync(context, queueId, QueueItems.IsDoneOf(new RequestValues(context.Request).Text("status") ?? "needs_my_review")));
        api.MapGet("/annotation-queues/{queueId}/total_size", (HttpContext context, string queueId) => SizeAsync(context, queueId, null));
        api.MapGet("/annotation-queues/{queueId}/total_archived", (HttpContext context, string queueId) => SizeAsync(context, queueId, true));
        api.MapGet("/annotation-queues/{runId}/queues", ListOfRunAsync);
    }

    private static JsonValue? Text(BodyFields body, string name) => JsonValue.Create(body.Text(name));

    private static JsonValue? Number(BodyFields body, string name) => JsonValue.Create(body.Number(name));

    private static JsonArray? List(BodyFields body, string name) => body.Array(name);

    private static JsonValue? Type(BodyFields body, string name) => body.Text(name) is null or "single" or "pairwise"
        ? Text(body, name)
        : throw ProblemException.Invalid($"'{name}' is '{body.Text(name)}'; give single or pairwise.");

    /// <summary>Finds the queue that a path names.</summary>
    public static Task<Document> FindAsync(HttpContext context, string queueId) =>
        context.Shelf(DocumentKinds.Queue).GetAsync("Annotation queue", RequestValues.ParseId("queue_id", queueId));

    private static async Task<IResult> ListAsync(HttpContext context)
    {
        var values = new RequestValues(context.Request);
        var queues = await context.Shelf(DocumentKinds.Queue).ListAsync(query => query with
        {
            Ids = values.Ids("ids"),
            Names = values.List("name"),
            NameContains = values.Text("name_contains"),
        });
        var (dataset, type) = (values.Id("dataset_id")?.ToString(), values.Text("queue_type"));
        var found = queues.Select(queue => (Queue: queue, Json: Show(queue)))
            .Where(item => (dataset is null || (string?)item.Json["default_dataset"] == dataset) && (type is null || (string?)item.Json["queue_type"] == type));
        var shown = new JsonArray();
        foreach (var (queue, json) in found.Skip(values.Offset).Take(values.Limit))
        {
            json["total_runs"] = (await QueueItems.ListAsync(context, queue.Id, isDone: false)).Count;
            shown.Add(json);
        }

        return JsonBody.Of(shown);
    }

    private static async Task<IResult> CreateAsync(HttpContext context)
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var name = body.Required("name");
        var json = new JsonObject();
        foreach (var (field, fallback, read) in s_fields)
        {
            json[field] = read(body, field) ?? fallback?.DeepClone();
        }

        var (queue, created) = await context.Shelf(DocumentKinds.Queue).CreateAsync(json, body.Id("id"), name);
        return created
            ? JsonBody.Of(Show(queue))
            : throw ProblemException.Conflict($"There is an annotation queue '{queue.Name}' with id '{queue.Id}' already.");
    }

    private static async Task<IResult> UpdateAsync(HttpContext context, string queueId)
    {
        var queue = await FindAsync(context, queueId);
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var given = s_fields.Where(field => body.Value(field.Name) is not null).ToDictionary(field => field.Name, field => field.Read(body, field.Name));
        try
        {
            await context.Shelf(DocumentKinds.Queue).UpdateAsync(queue.Id, stored =>
            {
                var json = Shelf.Json(stored);
                foreach (var (name, value) in given)
                {
                    json[name] = value?.DeepClone();
                }

                return stored with { Name = body.Text("name") ?? stored.Name, Json = JsonSerializer.SerializeToUtf8Bytes(json) };
            });
        }
        catch (DocumentNameTakenException exception)
        {
            throw ProblemException.Conflict($"There is an annotation queue '{exception.Name}' already. Choose another name.");
        }

        return JsonBody.Of(null);
    }

    private static async Task<IResult> DeleteManyAsync(HttpContext context)
    {
        foreach (var id in new RequestValues(context.Request).Ids("queue_ids"))
        {
            await context.Shelf(DocumentKinds.Queue).DeleteAsync(id);
        }

        return JsonBody.Of(null);
    }

    /// <summary>Puts the root runs of projects into a queue.</summary>
    private static async Task<IResult> PopulateAsync(HttpContext context, RunReading reading, TimeProvider time)
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var queue = await FindAsync(context, body.Required("queue_id"));
        var filter = new Runs.RunFilterBuilder()
            .OneOf(Query.RunProperty.ProjectId, body.Ids("session_ids"))
            .Equal(Query.RunProperty.IsRoot, true)
            .Build();
        var query = new Storage.RunQuery { Workspace = context.Workspace(), Filter = filter, Ascending = true, Payload = Domain.RunPayload.None };
        await foreach (var run in reading.AllAsync(query, context.RequestAborted).Take(Shelf.All))
        {
            await QueueItems.AddAsync(context, queue.Id, QueueItem.Run, run.Id.ToString(), run.ProjectId, time);
        }

        return JsonBody.Of(null);
    }

    private static async Task<IResult> SizeAsync(HttpContext context, string queueId, bool? isDone)
    {
        var queue = await FindAsync(context, queueId);
        return JsonBody.Of(new JsonObject { ["size"] = (await QueueItems.ListAsync(context, queue.Id, isDone)).Count });
    }

    private static async Task<IResult> ListOfRunAsync(HttpContext context, string runId)
    {
        Guid[] queues = [.. await QueueItems.QueuesOfAsync(context, RequestValues.ParseId("run_id", runId))];
        var found = queues.Length == 0 ? [] : await context.Shelf(DocumentKinds.Queue).ListAsync(query => query with { Ids = queues });
        return JsonBody.List(found.Select(Show));
    }

    private static JsonObject Show(Document queue)
    {
        var json = Shelf.Json(queue);
        json["id"] = queue.Id.ToString();
        json["name"] = queue.Name;
        json["tenant_id"] = queue.Workspace.Value.ToString();
        json["created_at"] = WireWriting.Text(queue.CreatedAt);
        json["updated_at"] = WireWriting.Text(queue.ModifiedAt);
        json["run_rule_id"] = null;
        json["source_rule_id"] = null;
        return json;
    }
}
