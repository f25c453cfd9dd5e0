using System.Diagnostics;
using System.Net;
using LangSmith.Server.Bench.Generation;
using LangSmith.Server.Storage.Sqlite;

namespace LangSmith.Server.Bench.Measuring;

/// <summary>Clients that post runs over HTTP, each its next request when the last is acknowledged.</summary>
internal static class Posting
{
    // Made ahead of the clock at a time.
    private const int ChunkRuns = 10_000;

    public static async Task RunAsync(string folder, RunGenerator generator, int from, int to, int batch, int clients)
    {
        await using var server = await LangSmithServer.StartAsync(new LangSmithServerOptions
        {
            Urls = "http://127.0.0.1:0",
            DataFolder = folder,
            Store = new SqliteStoreOptions { DataFolder = folder },
        });
        using var http = new HttpClient { BaseAddress = server.Url };
        var taken = new List<double>();
        var wall = TimeSpan.Zero;
        var threads = new ThreadTimes();
        var written = 0;
        for (var chunk = from; chunk < to; chunk += ChunkRuns)
        {
            var runs = RunGenerator.TracesOf(chunk, Math.Min(to, chunk + ChunkRuns)).SelectMany(generator.Trace).ToArray();
            var queue = new Queue<byte[]>(runs.Chunk(batch).Select(RunBody.Multipart));
            var (startWall, startThreads) = (Stopwatch.GetTimestamp(), ThreadTimes.Now());
            await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(() => PostAsync(http, queue, taken))));
            wall += Stopwatch.GetElapsedTime(startWall);
            threads.AddBetween(startThreads, ThreadTimes.Now());
            written += runs.Length;
        }

        await Console.Out.WriteLineAsync(
            $"{clients} clients, {batch} runs a request, {written:N0} runs: {written / wall.TotalSeconds:N0} runs/s, {threads.PerRun(written)}, "
            + $"acknowledged {Timings.Describe(taken)}; memory {ProcessMemory.Describe()}");
    }

    private static async Task PostAsync(HttpClient http, Queue<byte[]> queue, List<double> taken)
    {
        while (true)
        {
            byte[]? body;
            lock (queue)
            {
                if (!queue.TryDequeue(out body))
                {
                    return;
                }
            }

            using var content = new ByteArrayContent(body);
            content.Headers.TryAddWithoutValidation("Content-Type", RunBody.ContentType);
            var start = Stopwatch.GetTimestamp();
            using var response = await http.PostAsync(new Uri("/runs/multipart", UriKind.Relative), content);
            var milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (response.StatusCode != HttpStatusCode.Accepted)
            {
                throw new InvalidOperationException($"The server answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
            }

            lock (taken)
            {
                taken.Add(milliseconds);
            }
        }
    }
}
