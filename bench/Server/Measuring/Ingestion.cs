using System.Diagnostics;
using LangSmith.Server.Bench.Generation;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Bench.Measuring;

/// <summary>Writes runs in batches and tells what they cost; making them is not counted.</summary>
internal sealed class Ingestion(BenchStore bench)
{
    // Made ahead of the clock at a time.
    private const int ChunkRuns = 10_000;

    private readonly List<double> _commits = [];

    public async Task RunAsync(int from, int to, int batch, int producers)
    {
        var wall = TimeSpan.Zero;
        var threads = new ThreadTimes();
        var written = 0;
        for (var chunk = from; chunk < to; chunk += ChunkRuns)
        {
            var traces = RunGenerator.TracesOf(chunk, Math.Min(to, chunk + ChunkRuns)).ToArray();
            var runs = traces.SelectMany(bench.Generator.Trace).ToArray();
            var queue = new Queue<WriteBatch>(runs.Chunk(batch).Select(some => new WriteBatch(some, [])));
            queue.Enqueue(new WriteBatch([], [.. traces.Where(trace => trace % 2 == 0).Select(bench.Generator.Feedback)]));
            var (startWall, startThreads) = (Stopwatch.GetTimestamp(), ThreadTimes.Now());
            await Task.WhenAll(Enumerable.Range(0, producers).Select(_ => Task.Run(() => SendAsync(queue))));
            wall += Stopwatch.GetElapsedTime(startWall);
            threads.AddBetween(startThreads, ThreadTimes.Now());
            written += runs.Length;
        }

        await bench.Output.WriteLineAsync(
            $"ingest {written:N0} runs, batch {batch}, {producers} producers: {written / wall.TotalSeconds:N0} runs/s, "
            + $"{threads.PerRun(written)}, commit {Timings.Describe(_commits)}");
        await CatchUpAsync();
        var start = Stopwatch.GetTimestamp();
        await bench.Store.HousekeepAsync(CancellationToken.None);
        await bench.Output.WriteLineAsync($"figures rolled up in {Stopwatch.GetElapsedTime(start).TotalSeconds:N1} s");
    }

    /// <summary>Waits for the search index.</summary>
    public async Task CatchUpAsync()
    {
        var (start, threads) = (Stopwatch.GetTimestamp(), ThreadTimes.Now());
        await bench.Store.CatchUpSearchAsync(CancellationToken.None);
        var spent = new ThreadTimes();
        spent.AddBetween(threads, ThreadTimes.Now());
        await bench.Output.WriteLineAsync($"search index caught up in {Stopwatch.GetElapsedTime(start).TotalSeconds:N0} s; {spent.Seconds()}");
    }

    private async Task SendAsync(Queue<WriteBatch> queue)
    {
        while (true)
        {
            WriteBatch? next;
            lock (queue)
            {
                if (!queue.TryDequeue(out next))
                {
                    return;
                }
            }

            var start = Stopwatch.GetTimestamp();
            await bench.Store.Runs.WriteAsync(next, CancellationToken.None);
            lock (_commits)
            {
                _commits.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }
    }
}
