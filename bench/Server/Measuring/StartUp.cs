using System.Diagnostics;

namespace LangSmith.Server.Bench.Measuring;

/// <summary>How soon a server is ready, and what it takes while nobody asks it anything.</summary>
internal static class StartUp
{
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(string folder, TimeSpan idle)
    {
        var start = Stopwatch.GetTimestamp();
        await using var server = await ServerProcess.StartAsync(folder);
        var ready = Stopwatch.GetElapsedTime(start);
        using var http = new HttpClient { BaseAddress = server.Url };
        (await http.GetAsync(new Uri("/info", UriKind.Relative))).EnsureSuccessStatusCode();
        var answered = Stopwatch.GetElapsedTime(start);
        var spent = server.Times().Total;
        // What is measured is time in which nobody asks anything: the first pause is not counted, the second is.
        await Task.Delay(s_settling);
        var before = server.Times();
        await Task.Delay(idle);
        await Console.Out.WriteLineAsync(
            $"ready in {ready.TotalMilliseconds:N0} ms, first answer after {answered.TotalMilliseconds:N0} ms ({spent:N1} s CPU); "
            + $"{ProcessMemory.Describe(server.Id)}; idle for {idle.TotalSeconds:N0} s: {new ThreadTimes().AddBetween(before, server.Times()).Seconds()}");
    }
}
