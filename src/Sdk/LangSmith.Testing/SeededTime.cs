namespace LangSmith.Testing;

/// <summary>A clock that goes on by a millisecond each time it is read.</summary>
internal sealed class SeededTime : TimeProvider
{
    private static readonly long s_start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;

    private long _reads;

    public override DateTimeOffset GetUtcNow() => new(s_start + (Interlocked.Increment(ref _reads) * TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
