using System.Diagnostics;
using System.Text.Json;

namespace LangSmith.Sdk.Bench.Peers;

/// <summary>Lets a peer record runs of 2 kB as fast as it can, and measures.</summary>
internal static class PeerRun
{
    // Enough for the runtime to have compiled what it finds hot, optimised: a service traces for days.
    private const int WarmUpRuns = 40_000;
    private const int WarmUpFlushEvery = 400;

    public static async Task PrintAsync(IPeer peer, int runs, int flushEvery, TextWriter output)
    {
        await using var sending = peer;
        var texts = Texts.Make(seed: 1, count: 512);
        await RecordAsync(peer, texts, WarmUpRuns, WarmUpFlushEvery);

        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var start = Stopwatch.GetTimestamp();
        var caller = await RecordAsync(peer, texts, runs, flushEvery);
        var taken = Stopwatch.GetElapsedTime(start);
        process.Refresh();
        await output.WriteLineAsync(JsonSerializer.Serialize(new PeerResult
        {
            Peer = peer.Name,
            Project = peer.Project,
            Recorded = runs + WarmUpRuns,
            Runs = runs,
            FlushEvery = flushEvery,
            CallerMicroseconds = caller.TotalMicroseconds / runs,
            CpuMicroseconds = (process.TotalProcessorTime - cpu).TotalMicroseconds / runs,
            Seconds = taken.TotalSeconds,
            Losses = peer.Losses,
            PeakMegabytes = process.PeakWorkingSet64 / 1e6,
        }));
    }

    private static async Task<TimeSpan> RecordAsync(IPeer peer, string[] texts, int runs, int flushEvery)
    {
        var recording = TimeSpan.Zero;
        for (var done = 0; done < runs;)
        {
            var chunk = flushEvery > 0 ? Math.Min(flushEvery, runs - done) : runs;
            var start = Stopwatch.GetTimestamp();
            for (var run = done; run < done + chunk; run++)
            {
                peer.Record(texts[run % texts.Length], texts[(run + 1) % texts.Length]);
            }

            recording += Stopwatch.GetElapsedTime(start);
            done += chunk;
            await peer.FlushAsync();
        }

        return recording;
    }
}
