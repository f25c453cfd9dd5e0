using System.Collections.Concurrent;

namespace LangSmith.Sdk.Tests.Export;

/// <summary>A clock that leaps over pauses: a timer below an hour fires at once and moves the clock by its length.</summary>
/// <remarks>Timers of an hour and more (the time-outs of these tests) never fire. The leaps are remembered, so that tests can look at them.</remarks>
internal sealed class LeapingTime : TimeProvider
{
    public static readonly TimeSpan Never = TimeSpan.FromHours(1);

    private readonly ConcurrentQueue<TimeSpan> _leaps = new();
    private long _ticks = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero).UtcTicks;

    public IReadOnlyCollection<TimeSpan> Leaps => _leaps;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer();
        if (dueTime >= TimeSpan.Zero && dueTime < Never)
        {
            _leaps.Enqueue(dueTime);
            // Not on the caller's stack: who makes a timer does not expect it to have fired already.
            ThreadPool.QueueUserWorkItem(_ => timer.Fire(this, dueTime, callback, state));
        }

        return timer;
    }

    private sealed class Timer : ITimer
    {
        private int _done;

        public void Fire(LeapingTime time, TimeSpan dueTime, TimerCallback callback, object? state)
        {
            if (Interlocked.Exchange(ref _done, 1) == 0)
            {
                Interlocked.Add(ref time._ticks, dueTime.Ticks);
                callback(state);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => Volatile.Read(ref _done) == 0;

        public void Dispose() => Interlocked.Exchange(ref _done, 1);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
