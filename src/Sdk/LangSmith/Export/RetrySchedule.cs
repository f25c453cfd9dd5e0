namespace LangSmith.Export;

/// <summary>When to try again: numbers in, a pause out.</summary>
/// <param name="FirstDelay">The pause after the first attempt, before it is shortened.</param>
/// <param name="GiveUpAfter">The time from the first attempt on after which none is started.</param>
internal readonly record struct RetrySchedule(TimeSpan FirstDelay, TimeSpan GiveUpAfter)
{
    private static readonly TimeSpan s_delayMax = TimeSpan.FromSeconds(30);

    /// <summary>The pause before the next attempt; null when it is time to give up.</summary>
    /// <param name="attempts">Attempts made, at least one.</param>
    /// <param name="elapsed">Time since the first attempt began.</param>
    /// <param name="retryAfter">What the server asked for; null when it did not.</param>
    /// <param name="random">A number in [0,1) that keeps many clients from coming back at the same moment.</param>
    public TimeSpan? NextDelay(int attempts, TimeSpan elapsed, TimeSpan? retryAfter, double random)
    {
        // 2^20 half seconds are long beyond the maximum; higher powers only overflow.
        var full = Math.Min(FirstDelay.TotalMilliseconds * Math.Pow(2, Math.Min(attempts - 1, 20)), s_delayMax.TotalMilliseconds);
        var delay = TimeSpan.FromMilliseconds(full * (1 - (random / 2)));
        if (retryAfter is { } asked)
        {
            // Never earlier than asked, and a little spread out, or all clients come at once again.
            delay = (asked < TimeSpan.Zero ? TimeSpan.Zero : asked) + TimeSpan.FromMilliseconds(random * FirstDelay.TotalMilliseconds / 2);
        }

        return elapsed + delay > GiveUpAfter ? null : delay;
    }
}
