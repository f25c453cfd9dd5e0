using System.Diagnostics;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Bench.Measuring;

/// <summary>How long a post waits while a project with all its runs is removed.</summary>
internal sealed class Deleting(BenchStore bench)
{
    private const int Clients = 4;
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(15);

    public async Task RunAsync(string name)
    {
        var project = await bench.Store.Catalogue.FindProjectAsync(WorkspaceId.Default, name, CancellationToken.None)
            ?? throw new InvalidOperationException($"The store has no project '{name}'. Write runs first.");
        var sequence = bench.Generator.Traces;
        using (var quiet = new CancellationTokenSource(s_quiet))
        {
            await ReportAsync("nothing is deleted", await PostAsync(quiet.Token));
        }

        var (start, threads) = (Stopwatch.GetTimestamp(), ThreadTimes.Now());
        await bench.Store.Catalogue.DeleteProjectAsync(WorkspaceId.Default, project.Id, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var posting = PostAsync(stop.Token);
        await bench.Store.HousekeepAsync(CancellationToken.None);
        await stop.CancelAsync();
        await ReportAsync($"'{name}' is deleted", await posting);
        var spent = new ThreadTimes();
        spent.AddBetween(threads, ThreadTimes.Now());
        await bench.Output.WriteLineAsync($"deleted in {Stopwatch.GetElapsedTime(start).TotalSeconds:N1} s; {spent.Seconds()}");

        async Task<List<double>> PostAsync(CancellationToken stopped)
        {
            var taken = new List<double>();
            await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
            {
                while (!stopped.IsCancellationRequested)
                {
                    var runs = bench.Generator.Trace(Interlocked.Increment(ref sequence))
                        .Select(write => write with { ProjectName = "project-new" }).ToArray();
                    var begin = Stopwatch.GetTimestamp();
                    await bench.Store.Runs.WriteAsync(new WriteBatch(runs, []), CancellationToken.None);
                    lock (taken)
                    {
                        taken.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
                    }

                    // A steady load, not all that the store can take: what is measured is how long one post waits.
                    await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
                }
            })));
            return taken;
        }
    }

    private Task ReportAsync(string when, List<double> taken) =>
        bench.Output.WriteLineAsync($"post of 10 runs while {when}: {Timings.Describe(taken)} ({taken.Count:N0} posts of {Clients} clients)");
}
