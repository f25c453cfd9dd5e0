using System.Text.Json.Nodes;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Api.Runs;
using LangSmith.Server.Curation.Queues;
using LangSmith.Server.Domain;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Api.Queues;

/// <summary>What waits in annotation queues, and what was done with it.</summary>
internal static class QueueItems
{
    private const int RunsAtOnce = 1_000;

    /// <summary>Every item of a queue that is or is not done, in the order in which it is to be looked at.</summary>
    /// <remarks>An item whose run is not there, because it was deleted or is still to come, is none: clients stop at the first short page.</remarks>
    public static async Task<IReadOnlyList<Document>> ListAsync(HttpContext context, Guid queueId, bool? isDone)
    {
        var all = await QueueItem.ListAsync(Shelf(context), queueId);
        var wanted = all.Where(item => isDone is not { } done || IsDone(item) == done).ToList();
        var there = await RunsThatAreThereAsync(context, wanted.Select(RunOf).OfType<Guid>());
        return [.. wanted.Where(item => RunOf(item) is not { } run || there.Contains(run))];
    }

    /// <summary>The items that come before one among those that are, like it, done or not.</summary>
    public static async Task<IReadOnlyList<Document>> BeforeAsync(HttpContext context, Guid queueId, Document item) =>
        [.. (await ListAsync(context, queueId, IsDone(item))).TakeWhile(other => other.Id != item.Id)];

    private static async Task<HashSet<Guid>> RunsThatAreThereAsync(HttpContext context, IEnumerable<Guid> runIds)
    {
        var store = context.RequestServices.GetRequiredService<IRunStore>();
        var found = new HashSet<Guid>();
        foreach (var ids in runIds.Chunk(RunsAtOnce))
        {
            var query = new RunQuery
            {
                Workspace = context.Workspace(),
                Filter = new RunFilterBuilder().OneOf(RunProperty.Id, ids).Build(),
                Limit = RunsAtOnce,
                Payload = RunPayload.None,
            };
            found.UnionWith((await store.QueryAsync(query, context.RequestAborted)).Runs.Select(run => run.Id));
        }

        return found;
    }

    /// <summary>Reads the state that a request asks for: null is any.</summary>
    public static bool? IsDoneOf(string? status) => status switch
    {
        null => null,
        "completed" or "archived" => true,
        // One reviewer is all: what others still have to look at is the same.
        "needs_my_review" or "needs_others_review" => false,
        _ => throw ProblemException.Invalid($"'status' is '{status}'; give needs_my_review, needs_others_review, completed or archived."),
    };

    /// <summary>Adds an item, or finds the one that the queue has of the same run or thread.</summary>
    public static Task<Document> AddAsync(HttpContext context, Guid queueId, string type, string subject, Guid? projectId, TimeProvider time) =>
        QueueItem.AddAsync(Shelf(context), queueId, type, subject, projectId, time.GetUtcNow());

    /// <summary>Finds an item by its own id, or by that of its run, which clients give too.</summary>
    public static async Task<Document> FindAsync(HttpContext context, Guid? queueId, string id)
    {
        var item = RequestValues.ParseId("queue_run_id", id);
        var found = await Shelf(context).FindAsync(item);
        found ??= queueId is { } queue ? await Shelf(context).FindAsync(QueueItem.NameOf(item), queue) : null;
        return found is not null && (queueId is null || found.ParentId == queueId) ? found : throw ProblemException.NotFound("Queue item", item);
    }

    /// <summary>Notes that somebody looked at an item, or is done with it.</summary>
    public static async Task SetStatusAsync(HttpContext context, Document item, BodyFields body, TimeProvider time)
    {
        var status = body.Text("status");
        if (status is not (null or "viewed" or "completed"))
        {
            throw ProblemException.Invalid($"'status' is '{status}'; give viewed or completed.");
        }

        var now = WireWriting.Text(time.GetUtcNow());
        var moved = body.Time("override_added_at") ?? body.Time("added_at");
        var reviewed = body.Time("last_reviewed_time");
        await Shelf(context).UpdateAsync(item.Id, json =>
        {
            json["last_reviewed_time"] = reviewed is { } at ? WireWriting.Text(at) : status is null ? json["last_reviewed_time"]?.DeepClone() : now;
            json["effective_added_at"] = moved is { } to ? WireWriting.Text(to) : json["effective_added_at"]?.DeepClone();
            json["completed_at"] = status == "completed" ? now : json["completed_at"]?.DeepClone();
        });
    }

    public static bool IsDone(Document item) => QueueItem.Of(item).IsDone;

    /// <summary>The run that an item is about; null for a thread.</summary>
    public static Guid? RunOf(Document item) => QueueItem.Of(item).RunId;

    public static JsonObject Show(Document item)
    {
        var json = Curation.Documents.Shelf.Json(item);
        return new JsonObject
        {
            ["id"] = item.Id.ToString(),
            ["queue_id"] = item.ParentId?.ToString(),
            ["run_id"] = RunOf(item)?.ToString(),
            ["thread_id"] = RunOf(item) is null ? json["subject"]?.DeepClone() : null,
            ["item_type"] = json["item_type"]?.DeepClone(),
            ["project_id"] = json["project_id"]?.DeepClone(),
            ["added_at"] = json["added_at"]?.DeepClone(),
            ["effective_added_at"] = json["effective_added_at"]?.DeepClone(),
            ["last_reviewed_time"] = json["last_reviewed_time"]?.DeepClone(),
            ["completed_at"] = json["completed_at"]?.DeepClone(),
            ["source_proposed_example_id"] = null,
        };
    }

    private static Shelf Shelf(HttpContext context) => context.Shelf(DocumentKinds.QueueItem);

    public static Task<bool> DeleteAsync(HttpContext context, Document item) => Shelf(context).DeleteAsync(item.Id);

    /// <summary>Every item of any queue that is about a run.</summary>
    public static async Task<IEnumerable<Guid>> QueuesOfAsync(HttpContext context, Guid runId)
    {
        var items = await Shelf(context).ListAsync(query => query with { Names = [QueueItem.NameOf(runId)] });
        return items.Select(item => item.ParentId!.Value);
    }
}
