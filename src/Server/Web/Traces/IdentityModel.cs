using LangSmith.Server.Domain;
using LangSmith.Server.Web.Payloads;

namespace LangSmith.Server.Web.Traces;

/// <summary>What is known about a run's id and what came under it.</summary>
public sealed record IdentityModel
{
    public required IdentityReport Report { get; init; }

    /// <summary>The version that the id itself says, from its bits.</summary>
    public required int Version { get; init; }

    /// <summary>The time inside a version 7 id.</summary>
    public DateTimeOffset? EmbeddedTime { get; init; }

    /// <summary>How far the id's time is after the run's start.</summary>
    public TimeSpan? Skew { get; init; }

    public required IReadOnlyList<(OverwrittenField Field, string Text)> Overwritten { get; init; }

    public required DateTimeOffset FirstReceivedAt { get; init; }

    public required DateTimeOffset LastReceivedAt { get; init; }

    public static IdentityModel Of(RunRecord run, IdentityReport report)
    {
        DateTimeOffset? embedded = Uuid7.TryGetTimestamp(run.Id, out var time) ? time : null;
        return new IdentityModel
        {
            Report = report,
            Version = run.Id.Version,
            EmbeddedTime = embedded,
            Skew = embedded - run.StartTime,
            Overwritten = [.. report.Overwritten.Select(field => (field, JsonText.Short(field.Value, 2_000)))],
            FirstReceivedAt = run.FirstReceivedAt,
            LastReceivedAt = run.LastReceivedAt,
        };
    }
}
