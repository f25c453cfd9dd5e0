using LangSmith.Server.Domain;
using LangSmith.Server.Explore.Statistics;

namespace LangSmith.Server.Explore.Threads;

/// <summary>A conversation: the root runs that share a thread id, its turns.</summary>
public sealed record ThreadSummary
{
    public required string ThreadId { get; init; }

    /// <summary>The oldest turn.</summary>
    public required RunRecord First { get; init; }

    /// <summary>The newest turn.</summary>
    public required RunRecord Last { get; init; }

    public required RunStatistics Statistics { get; init; }

    public required int Errors { get; init; }

    /// <summary>When the newest activity began.</summary>
    public DateTimeOffset LastActivity => Last.StartTime;
}
