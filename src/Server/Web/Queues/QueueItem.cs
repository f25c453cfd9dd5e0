using LangSmith.Server.Curation.Documents;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Web.Queues;

/// <summary>A run or thread that waits in a queue.</summary>
/// <param name="Id">The item's own id.</param>
/// <param name="RunId">The run; null for a thread.</param>
/// <param name="ThreadId">The thread; null for a run.</param>
/// <param name="Order">When it is to be looked at, against the others.</param>
/// <param name="IsDone">Whether somebody is done with it.</param>
public sealed record QueueItem(Guid Id, Guid? RunId, string? ThreadId, string Order, bool IsDone)
{
    public static QueueItem Of(Document document)
    {
        var json = Shelf.Json(document);
        var isRun = json.Text("item_type") == "RUN";
        return new QueueItem(
            document.Id, isRun ? json.Id("subject") : null, isRun ? null : json.Text("subject"),
            json.Text("effective_added_at") ?? DocumentTime.Print(document.CreatedAt), json.Text("completed_at") is not null);
    }
}
