using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Clients.Tests.Support;

namespace Clients.Tests.Crash;

/// <summary>The server is killed while clients write, again and again: what it acknowledged is there, whole and once.</summary>
public sealed class CrashTests
{
    private const int Clients = 4;
    private const int BatchesEach = 30;
    private const int Kills = 5;

    [Fact]
    public async Task Kill_WhileClientsWrite_LosesNothingAcknowledgedAndDoublesNothing()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var data = new TemporaryFolder();
        using var http = new HttpClient();
        // Give the printed seed again to pull the plug after the same numbers of batches.
        var seed = int.TryParse(Environment.GetEnvironmentVariable("CRASH_SEED"), out var given) ? given : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"CRASH_SEED={seed}");
        var workloads = Enumerable.Range(0, Clients).Select(client => new Workload(client, BatchesEach)).ToArray();
        var sent = workloads.SelectMany(workload => workload.Runs).ToDictionary(run => Guid.Parse((string)run["id"]!));

        foreach (var killAfter in KillPoints(seed))
        {
            var acknowledged = await WriteUntilKilledAsync(http, data.Path, workloads, killAfter);
            Assert.NotEmpty(acknowledged);

            await using var restarted = await ServerProcess.StartAsync(data.Path);
            var stored = (await StoredRuns.ReadAsync(http, restarted.Url, cancellation))
                .ToLookup(run => run.GetProperty("id").GetGuid());
            Assert.All(acknowledged, id => Assert.True(stored.Contains(id), $"{id} was acknowledged and is lost."));
            Assert.All(stored, runs => Assert.True(StoredRuns.IsWhole(Assert.Single(runs), sent[runs.Key])));
            Assert.All(
                acknowledged.Where(id => (string?)sent[id]["name"] is { } name && Workload.IsJudged(name)),
                id => Assert.Equal(1, StoredRuns.Judgements(stored[id].Single())));
        }

        await using var server = await ServerProcess.StartAsync(data.Path);
        foreach (var batch in workloads.SelectMany(workload => workload.Batches))
        {
            Assert.True(await Workload.SendAsync(http, server.Url, batch));
        }

        var all = await StoredRuns.ReadAsync(http, server.Url, cancellation);
        Assert.Equal(sent.Keys.Order(), all.Select(run => run.GetProperty("id").GetGuid()).Order());
        Assert.All(all, run => Assert.True(StoredRuns.IsWhole(run, sent[run.GetProperty("id").GetGuid()])));
        Assert.All(all, run => Assert.Equal(Workload.IsJudged(run.GetProperty("name").GetString()!) ? 1 : 0, StoredRuns.Judgements(run)));
        Assert.Equal(0, await server.StopAsync());
    }

    private static async Task<IReadOnlyCollection<Guid>> WriteUntilKilledAsync(HttpClient http, string data, Workload[] workloads, int killAfter)
    {
        await using var server = await ServerProcess.StartAsync(data);
        var acknowledged = new ConcurrentBag<Guid>();
        var batches = 0;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writing = workloads.Select(workload => Task.Run(async () =>
        {
            // Round and round: most batches come again after a restart, as they do from a client that retries.
            for (var index = 0; ; index++)
            {
                JsonObject[] batch = workload.Batches[index % workload.Batches.Count];
                if (!await Workload.SendAsync(http, server.Url, batch))
                {
                    return;
                }

                foreach (var run in batch)
                {
                    acknowledged.Add(Guid.Parse((string)run["id"]!));
                }

                if (Interlocked.Increment(ref batches) == killAfter)
                {
                    enough.SetResult();
                }
            }
        })).ToArray();
        await Task.WhenAny(enough.Task, Task.WhenAll(writing));
        await server.KillAsync();
        await Task.WhenAll(writing);
        return [.. acknowledged.Distinct()];
    }

    private static int[] KillPoints(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Kills).Select(_ => random.Next(3, 60))];
    }
}
