using LangSmith.Server.Curation.Datasets;
using LangSmith.Server.Curation.Queues;
using LangSmith.Server.Explore;
using LangSmith.Server.Web.Feedbacks;
using LangSmith.Server.Web.Payloads;

namespace LangSmith.Server.Web.Queues;

/// <summary>A queue with the item that is looked at.</summary>
public sealed record ReviewModel
{
    public required Guid QueueId { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>What reviewers should mind, as markdown; null when nobody said.</summary>
    public string? Instructions { get; init; }

    public required IReadOnlyList<RubricItem> Rubric { get; init; }

    /// <summary>Items that wait, in the order in which they are to be looked at.</summary>
    public required IReadOnlyList<QueueItem> Waiting { get; init; }

    public required int Done { get; init; }

    /// <summary>Null when nothing waits.</summary>
    public QueueItem? Item { get; init; }

    /// <summary>Null for a thread, and for a run that was deleted since.</summary>
    public ReadRun? Run { get; init; }

    public PayloadModel? Inputs { get; init; }

    public PayloadModel? Outputs { get; init; }

    public FeedbackPanelModel? Feedback { get; init; }

    /// <summary>Where a reviewed run can become an example; null when the queue names none.</summary>
    public Dataset? Dataset { get; init; }

    /// <summary>What stands in the way of being done; null when nothing does.</summary>
    public string? Problem { get; init; }

    /// <summary>The place of the item among those that wait, from 0; −1 for one that is done.</summary>
    public int Position => Item is null ? -1 : Waiting.Select(item => item.Id).ToList().IndexOf(Item.Id);

    public QueueItem? Previous => Position > 0 ? Waiting[Position - 1] : null;

    public QueueItem? Next => Position + 1 < Waiting.Count ? Waiting[Position + 1] : null;
}
