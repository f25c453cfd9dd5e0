using LangSmith.Server.Domain;
using LangSmith.Server.Explore;
using LangSmith.Server.Explore.Threads;
using LangSmith.Server.Web.Payloads;

namespace LangSmith.Server.Web.Threads;

/// <summary>The conversations of a project, one of them open.</summary>
public sealed record ThreadsModel
{
    public required Project Project { get; init; }

    public required IReadOnlyList<ThreadSummary> Threads { get; init; }

    public required int Total { get; init; }

    /// <summary>Which page of the list, from 0.</summary>
    public required int Page { get; init; }

    /// <summary>Null when there is no thread at all.</summary>
    public string? Open { get; init; }

    /// <summary>The turns of the open thread, oldest first.</summary>
    public IReadOnlyList<Turn> Turns { get; init; } = [];

    public required DateTimeOffset Now { get; init; }

    /// <summary>A trace of a conversation.</summary>
    public sealed record Turn(ReadRun Run, PayloadModel? Inputs, PayloadModel? Outputs);
}
