using System.Diagnostics;
using System.Net;
using LangSmith.Server.Bench.Generation;

namespace LangSmith.Server.Bench.Measuring;

/// <summary>Clients that post runs to a server in a process of its own, each its next request when the last is acknowledged.</summary>
internal sealed class Posting(ServerProcess server, int batch, int clients) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, UseProxy = false }) { BaseAddress = server.Url };

    /// <summary>Posts runs; what was sent before the clock starts lets both processes compile what they need.</summary>
    public async Task RunAsync(RunGenerator generator, int from, int to, int warmUp)
    {
        await SendAsync(Bodies(generator, from, from + warmUp));
        await IndexQuietAsync();
        var bodies = Bodies(generator, from + warmUp, to);
        var (wall, own, theirs) = (Stopwatch.GetTimestamp(), ThreadTimes.Now(), server.Times());
        var taken = await SendAsync(bodies);
        var seconds = Stopwatch.GetElapsedTime(wall).TotalSeconds;
        var runs = to - from - warmUp;
        await Console.Out.WriteLineAsync(
            $"{clients} clients, {batch} runs a request, {runs:N0} runs: {runs / seconds:N0} runs/s, acknowledged {Timings.Describe(taken)}");
        await Console.Out.WriteLineAsync($"server: {new ThreadTimes().AddBetween(theirs, server.Times()).PerRun(runs)}; {ProcessMemory.Describe(server.Id)}");
        await Console.Out.WriteLineAsync($"clients: {new ThreadTimes().AddBetween(own, ThreadTimes.Now()).PerRun(runs)}");
        var behind = await IndexQuietAsync();
        await Console.Out.WriteLineAsync(
            $"search index caught up {behind.TotalSeconds:N0} s later; server in all: {new ThreadTimes().AddBetween(theirs, server.Times()).PerRun(runs)}");
    }

    public void Dispose() => _http.Dispose();

    private Queue<byte[]> Bodies(RunGenerator generator, int from, int to) =>
        new(RunGenerator.TracesOf(from, to).SelectMany(generator.Trace).Chunk(batch).Select(RunBody.Multipart));

    private async Task<List<double>> SendAsync(Queue<byte[]> queue)
    {
        var taken = new List<double>(queue.Count);
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(() => PostAsync(queue, taken))));
        return taken;
    }

    private async Task PostAsync(Queue<byte[]> queue, List<double> taken)
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
            using var response = await _http.PostAsync(new Uri("/runs/multipart", UriKind.Relative), content);
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

    /// <summary>Waits until the search index has nothing to do, which its thread's processor time tells.</summary>
    private async Task<TimeSpan> IndexQuietAsync()
    {
        var start = Stopwatch.GetTimestamp();
        var quietSince = start;
        var spent = server.Times().SecondsOf("search index");
        while (Stopwatch.GetElapsedTime(quietSince) < TimeSpan.FromSeconds(2))
        {
            // The server is another process, and tells nobody how far its index is.
            await Task.Delay(TimeSpan.FromMilliseconds(100));
            if (server.Times().SecondsOf("search index") is var now && now > spent)
            {
                (spent, quietSince) = (now, Stopwatch.GetTimestamp());
            }
        }

        return Stopwatch.GetElapsedTime(start, quietSince);
    }
}
