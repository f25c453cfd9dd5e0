namespace LangSmith.Sdk.Bench.Calls;

/// <summary>One way to make the call, and what must hold for it.</summary>
/// <param name="Name">What the table says.</param>
/// <param name="Loop">Makes the call so many times.</param>
/// <param name="Before">Sets the stage, outside of the measurement; null for nothing.</param>
/// <param name="After">Lets the exporter finish, outside of the measurement; null for nothing.</param>
/// <param name="HasBytes">False when the call goes on on other threads, whose bytes are not counted.</param>
internal sealed record Case(string Name, Func<int, int> Loop, Action? Before = null, Action? After = null, bool HasBytes = true)
{
    /// <summary>The quickest round so far, in nanoseconds a call.</summary>
    public double Nanoseconds { get; set; } = double.MaxValue;

    /// <summary>Bytes a call that the caller's thread allocated, in the leanest round.</summary>
    public double Bytes { get; set; } = double.MaxValue;
}
