using System.Net.Http.Json;
using System.Text.Json;

namespace LangSmith.Sdk.Bench.Peers;

/// <summary>The peers side by side. What arrived is what the server has, not what a peer believes.</summary>
internal static class PeerTable
{
    public static async Task PrintAsync(DirectoryInfo folder, Uri endpoint, TextWriter output)
    {
        using var http = new HttpClient { BaseAddress = endpoint };
        var results = folder.GetFiles("*.json").OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => JsonSerializer.Deserialize<PeerResult>(File.ReadAllText(file.FullName))!)
            .ToArray();
        foreach (var sameLoad in results.GroupBy(result => result.Load).OrderBy(load => load.Key))
        {
            await output.WriteLineAsync(sameLoad.Key switch
            {
                PeerLoad.Paced => "Paced: short runs, flushed every few hundred, so that every peer keeps up",
                PeerLoad.Lasting => "Lasting: runs that end in a later batch than they begin in, as calls of real models do",
                _ => "Burst: as fast as the caller can, one flush at the end",
            });
            await output.WriteLineAsync();
            await output.WriteLineAsync("| peer | runs | caller µs/run | CPU µs/run | CPU, ratio | seconds | peak MB | delivered | lost | told of as lost |");
            await output.WriteLineAsync("|---|---|---|---|---|---|---|---|---|---|");
            var ours = sameLoad.First().CpuMicroseconds;
            foreach (var result in sameLoad)
            {
                var delivered = await CountAsync(http, result.Project);
                await output.WriteLineAsync(
                    $"| {result.Peer} | {result.Runs:N0} | {result.CallerMicroseconds:0.00} | {result.CpuMicroseconds:0.0} | " +
                    $"{result.CpuMicroseconds / ours:0.0} | " +
                    $"{result.Seconds:0.0} | {result.PeakMegabytes:0} | {delivered:N0} of {result.Recorded:N0} | " +
                    $"{result.Recorded - delivered:N0} | {result.Losses ?? "–"} |");
            }

            await output.WriteLineAsync();
        }
    }

    private static async Task<long> CountAsync(HttpClient http, string project)
    {
        using var sessions = await http.GetFromJsonAsync<JsonDocument>(new Uri($"/sessions?name={Uri.EscapeDataString(project)}", UriKind.Relative));
        if (sessions!.RootElement.GetArrayLength() == 0)
        {
            return 0;
        }

        var id = sessions.RootElement[0].GetProperty("id").GetGuid();
        using var answer = await http.PostAsJsonAsync(new Uri("/runs/stats", UriKind.Relative), new { session = new[] { id } });
        using var statistics = await answer.Content.ReadFromJsonAsync<JsonDocument>();
        return statistics!.RootElement.GetProperty("run_count").GetInt64();
    }
}
