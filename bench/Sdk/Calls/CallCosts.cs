using System.Diagnostics;

namespace LangSmith.Sdk.Bench.Calls;

/// <summary>What a traced call costs the thread that makes it.</summary>
/// <remarks>
/// Rounds of all cases alternate and the quickest counts, so that a busy neighbour disturbs all alike. Bytes are the calling thread's own:
/// a benchmark library would count the exporter's threads too.
/// </remarks>
internal static class CallCosts
{
    private const int CallsPerRound = 5_000;

    public static async Task PrintAsync(int rounds, string only, TextWriter output)
    {
        await using var stage = new Stage();
        var cases = stage.Cases().Where(one => one.Name.Contains(only, StringComparison.Ordinal)).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var measured in cases)
            {
                Measure(measured);
            }
        }

        var peer = cases[^1];
        await output.WriteLineAsync($"A call with two small arguments and a small result; the quickest of {rounds} rounds of {CallsPerRound:N0} calls.");
        await output.WriteLineAsync();
        await output.WriteLineAsync($"| case | ns/call | B/call | time, share of {peer.Name} |");
        await output.WriteLineAsync("|---|--:|--:|--:|");
        foreach (var one in cases)
        {
            var bytes = one.HasBytes ? $"{one.Bytes:0}" : "–";
            await output.WriteLineAsync($"| {one.Name} | {one.Nanoseconds:0.0} | {bytes} | {one.Nanoseconds / peer.Nanoseconds:0.00} |");
        }
    }

    private static void Measure(Case measured)
    {
        measured.Before?.Invoke();
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        measured.Loop(CallsPerRound);
        var taken = Stopwatch.GetElapsedTime(start);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        measured.After?.Invoke();
        measured.Nanoseconds = Math.Min(measured.Nanoseconds, taken.TotalNanoseconds / CallsPerRound);
        measured.Bytes = Math.Min(measured.Bytes, (double)bytes / CallsPerRound);
    }
}
