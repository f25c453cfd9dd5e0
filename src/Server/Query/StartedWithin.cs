namespace LangSmith.Server.Query;

/// <summary>The start lies in a half-open range; null is no bound.</summary>
public sealed record StartedWithin(DateTimeOffset? From, DateTimeOffset? Before) : RunFilter
{
    public override bool Matches(RunFacts run) =>
        (From is not { } from || run.Record.StartTime >= from) && (Before is not { } before || run.Record.StartTime < before);
}
