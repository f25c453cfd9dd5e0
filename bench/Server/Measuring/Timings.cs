using System.Diagnostics;

namespace LangSmith.Server.Bench.Measuring;

/// <summary>How long a thing takes, many times.</summary>
internal static class Timings
{
    /// <summary>Runs a read once to warm up and then again and again, each time with another number.</summary>
    /// <returns>Milliseconds of the median and of the 99th percentile.</returns>
    public static async Task<(double Median, double High)> MeasureAsync(int times, Func<int, Task> read)
    {
        await read(times);
        var taken = new double[times];
        for (var number = 0; number < times; number++)
        {
            var start = Stopwatch.GetTimestamp();
            await read(number);
            taken[number] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(taken);
        return (taken[times / 2], taken[Math.Min(times - 1, times * 99 / 100)]);
    }
}
