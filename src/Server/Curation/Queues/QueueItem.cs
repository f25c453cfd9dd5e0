using System.Text.Json.Nodes;
using LangSmith.Server.Curation.Documents;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Curation.Queues;

/// <summary>A run or thread that waits in an annotation queue, or was looked at.</summary>
/// <param name="Id">The item's own id.</param>
/// <param name="RunId">The run; null for a thread.</param>
/// <param name="ThreadId">The thread; null for a run.</param>
/// <param name="Order">When it is to be looked at, against the others: compared as text.</param>
/// <param name="IsDone">Whether somebody is done with it.</param>
public sealed record QueueItem(Guid Id, Guid? RunId, string? ThreadId, string Order, bool IsDone)
{
    public const string Run = "RUN";
    public const string Thread = "THREAD";

    public static QueueItem Of(Document document)
    {
        var json = Shelf.Json(document);
        var isRun = json.Text("item_type") == Run;
        return new QueueItem(
            document.Id, isRun ? json.Id("subject") : null, isRun ? null : json.Text("subject"),
            json.Text("effective_added_at") ?? DocumentTime.Print(document.CreatedAt), json.Text("completed_at") is not null);
    }

    /// <summary>The name under which a queue has a run: it has each but once.</summary>
    public static string NameOf(Guid run) => NameOf(Run, run.ToString());

    /// <summary>Adds an item to a queue, or finds the one that the queue has of the same run or thread.</summary>
    /// <param name="items">The shelf of <see cref="DocumentKinds.QueueItem"/>.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="type"><see cref="Run"/> or <see cref="Thread"/>.</param>
    /// <param name="subject">The id of the run or thread.</param>
    /// <param name="project">The project that it is of; null when nobody says.</param>
    /// <param name="now">The time.</param>
    public static async Task<Document> AddAsync(Shelf items, Guid queue, string type, string subject, Guid? project, DateTimeOffset now)
    {
        var added = DocumentTime.Print(now);
        var json = new JsonObject
        {
            ["item_type"] = type,
            ["subject"] = subject,
            ["project_id"] = project?.ToString(),
            ["added_at"] = added,
            ["effective_added_at"] = added,
        };
        return (await items.CreateAsync(json, name: NameOf(type, subject), parentId: queue)).Document;
    }

    /// <summary>Reads the items of a queue in the order in which they are to be looked at.</summary>
    public static async Task<IReadOnlyList<Document>> ListAsync(Shelf items, Guid queue) =>
        InOrder(await items.ListAsync(query => query with { ParentId = queue, Ascending = true }));

    public static IReadOnlyList<Document> InOrder(IEnumerable<Document> items) =>
        [.. items.OrderBy(item => Of(item).Order, StringComparer.Ordinal)];

    /// <summary>Notes that somebody looked at an item and is done with it.</summary>
    public static Task CompleteAsync(Shelf items, Guid item, DateTimeOffset now) => items.UpdateAsync(item, json =>
    {
        json["last_reviewed_time"] = DocumentTime.Print(now);
        json["completed_at"] = DocumentTime.Print(now);
    });

    private static string NameOf(string type, string subject) => $"{type}:{subject}";
}
