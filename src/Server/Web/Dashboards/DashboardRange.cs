namespace LangSmith.Server.Web.Dashboards;

/// <summary>How far back a dashboard looks.</summary>
/// <param name="Key">As it stands in the address.</param>
/// <param name="Title">Its name: Hour, Day, Week or Month.</param>
/// <param name="Span">How long it is.</param>
/// <param name="Bucket">The time of one point.</param>
public sealed record DashboardRange(string Key, string Title, TimeSpan Span, TimeSpan Bucket)
{
    /// <summary>The beginnings of its buckets. They count from midnight, UTC; the first one is whole.</summary>
    public IReadOnlyList<DateTimeOffset> Buckets(DateTimeOffset now)
    {
        var first = new DateTimeOffset((now - Span).UtcTicks / Bucket.Ticks * Bucket.Ticks, TimeSpan.Zero) + Bucket;
        return [.. Enumerable.Range(0, (int)((now - first) / Bucket) + 1).Select(index => first + (index * Bucket))];
    }
}
