using System.Diagnostics;
using LangSmith.Server.Bench.Generation;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Sqlite;

namespace LangSmith.Server.Bench.Measuring;

/// <summary>Writes runs in batches and tells what they cost; making them is not counted.</summary>
internal static class Ingestion
{
    // Made ahead of the clock at a time.
    private const int ChunkTraces = 1_000;

    public static async Task RunAsync(IRunStore store, RunGenerator generator, int batch, int producers, TextWriter output)
    {
        var wall = TimeSpan.Zero;
        var processor = TimeSpan.Zero;
        var commits = new List<double>();
        var written = 0;
        for (var trace = 0; trace < generator.Traces; trace += ChunkTraces)
        {
            RunWrite[][] batches = [.. Enumerable.Range(trace, Math.Min(ChunkTraces, generator.Traces - trace)).SelectMany(generator.Trace).Chunk(batch)];
            var queue = new Queue<RunWrite[]>(batches);
            var (startWall, startProcessor) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
            await Task.WhenAll(Enumerable.Range(0, producers).Select(_ => Task.Run(() => SendAsync(store, queue, commits))));
            wall += Stopwatch.GetElapsedTime(startWall);
            processor += Process.GetCurrentProcess().TotalProcessorTime - startProcessor;
            written += batches.Sum(one => one.Length);
        }

        commits.Sort();
        await output.WriteLineAsync(
            $"ingest {written:N0} runs, batch {batch}, {producers} producers: {written / wall.TotalSeconds:N0} runs/s, "
            + $"{processor.TotalMicroseconds / written:N0} µs CPU per run, "
            + $"commit p50 {commits[commits.Count / 2]:N1} ms, p99 {commits[commits.Count * 99 / 100]:N1} ms");
    }

    /// <summary>Waits for the search index.</summary>
    public static async Task CatchUpAsync(SqliteStore store, RunGenerator generator, TextWriter output)
    {
        var start = Stopwatch.GetTimestamp();
        await store.CatchUpSearchAsync(CancellationToken.None);
        await output.WriteLineAsync(
            $"search index caught up {Stopwatch.GetElapsedTime(start).TotalSeconds:N0} s after the last of "
            + $"{generator.Traces * RunGenerator.TraceLength:N0} runs");
    }

    private static async Task SendAsync(IRunStore store, Queue<RunWrite[]> queue, List<double> commits)
    {
        while (true)
        {
            RunWrite[]? next;
            lock (queue)
            {
                if (!queue.TryDequeue(out next))
                {
                    return;
                }
            }

            var start = Stopwatch.GetTimestamp();
            await store.WriteAsync(new WriteBatch(next, []), CancellationToken.None);
            lock (commits)
            {
                commits.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }
    }
}
