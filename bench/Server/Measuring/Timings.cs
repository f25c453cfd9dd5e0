using System.Diagnostics;

namespace LangSmith.Server.Bench.Measuring;

/// <summary>How long a thing takes, many times.</summary>
internal static class Timings
{
    /// <summary>Runs a read once to warm up and then again and again, each time with another number.</summary>
    /// <returns>Milliseconds of each.</returns>
    public static async Task<List<double>> MeasureAsync(int times, Func<int, Task> read)
    {
        await read(times);
        var taken = new List<double>(times);
        for (var number = 0; number < times; number++)
        {
            var start = Stopwatch.GetTimestamp();
            await read(number);
            taken.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return taken;
    }

    /// <summary>The value below which a share of the values lies.</summary>
    public static double Quantile(List<double> values, double share)
    {
        values.Sort();
        return values.Count == 0 ? double.NaN : values[Math.Min(values.Count - 1, (int)(values.Count * share))];
    }

    public static string Describe(List<double> milliseconds) =>
        $"p50 {Quantile(milliseconds, 0.5):N2} ms, p99 {Quantile(milliseconds, 0.99):N2} ms, most {Quantile(milliseconds, 1):N1} ms";
}
