using System.Diagnostics;
using System.Text.Json;

namespace LangSmith.Sdk.Bench.Peers;

/// <summary>Lets a peer record runs of 2 kB as fast as it can, and measures.</summary>
internal static class PeerRun
{
    // Enough for the runtime to have compiled what it finds hot, optimised: a service traces for days.
    private const int WarmUpRuns = 40_000;
    private const int WarmUpFlushEvery = 400;

    public static async Task PrintAsync(IPeer peer, PeerLoad load, int runs, int flushEvery, TextWriter output)
    {
        await using var sending = peer;
        var texts = Texts.Make(seed: 1, count: 512);
        Func<IPeer, string[], int, int, Task<TimeSpan>> record = load == PeerLoad.Lasting ? RecordLastingAsync : RecordAsync;
        await record(peer, texts, WarmUpRuns, WarmUpFlushEvery);

        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var start = Stopwatch.GetTimestamp();
        var caller = await record(peer, texts, runs, flushEvery);
        var taken = Stopwatch.GetElapsedTime(start);
        process.Refresh();
        await output.WriteLineAsync(JsonSerializer.Serialize(new PeerResult
        {
            Peer = peer.Name,
            Project = peer.Project,
            Recorded = runs + WarmUpRuns,
            Runs = runs,
            Load = load,
            CallerMicroseconds = caller.TotalMicroseconds / runs,
            CpuMicroseconds = (process.TotalProcessorTime - cpu).TotalMicroseconds / runs,
            Seconds = taken.TotalSeconds,
            Losses = peer.Losses,
            PeakMegabytes = process.PeakWorkingSet64 / 1e6,
        }));
    }

    /// <summary>Runs of which each begins in one batch and ends in another, many at a time, as calls of real models do.</summary>
    private static async Task<TimeSpan> RecordLastingAsync(IPeer peer, string[] texts, int runs, int atOnce)
    {
        var recording = TimeSpan.Zero;
        for (var done = 0; done < runs; done += atOnce)
        {
            var going = new IDisposable?[Math.Min(atOnce, runs - done)];
            var start = Stopwatch.GetTimestamp();
            for (var run = 0; run < going.Length; run++)
            {
                going[run] = peer.Begin(texts[(done + run) % texts.Length]);
            }

            recording += Stopwatch.GetElapsedTime(start);
            await peer.FlushAsync();
            start = Stopwatch.GetTimestamp();
            for (var run = 0; run < going.Length; run++)
            {
                peer.End(going[run], texts[(done + run + 1) % texts.Length]);
            }

            recording += Stopwatch.GetElapsedTime(start);
            await peer.FlushAsync();
        }

        return recording;
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
