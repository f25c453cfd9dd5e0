using LangSmith.Server.Web.Search;

namespace LangSmith.Server.Web.Collect;

/// <summary>Where a run can be put: queues and datasets by id and name.</summary>
public sealed record CollectModel
{
    public required Guid RunId { get; init; }

    public required IReadOnlyList<(Guid Id, string Name)> Queues { get; init; }

    public required IReadOnlyList<(Guid Id, string Name)> Datasets { get; init; }

    /// <summary>Where it was put just now; null when the form is new.</summary>
    public FoundPage? Added { get; init; }

    /// <summary>Why it was not; null when it was.</summary>
    public string? Problem { get; init; }
}
