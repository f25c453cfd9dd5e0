using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LangSmith;
using LangSmith.Protocol;

namespace Clients.Tests.Crash;

/// <summary>The runs of one client: batches of whole runs under ids that follow from the client's number, so that sending again is a retry.</summary>
internal sealed class Workload
{
    private const int BatchSize = 20;

    private static readonly DateTimeOffset s_start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly int _client;

    public Workload(int client, int batches)
    {
        _client = client;
        Batches = [.. Enumerable.Range(0, batches).Select(batch => Enumerable.Range(batch * BatchSize, BatchSize).Select(Run).ToArray())];
    }

    public const string Project = "crash";

    public IReadOnlyList<JsonObject[]> Batches { get; }

    public IEnumerable<JsonObject> Runs => Batches.SelectMany(batch => batch);

    /// <summary>Sends a batch; true only when the server acknowledged it.</summary>
    public static async Task<bool> SendAsync(HttpClient http, Uri server, JsonObject[] batch)
    {
        try
        {
            var body = new JsonObject { ["post"] = new JsonArray([.. batch.Select(run => run.DeepClone())]) };
            using var response = await http.PostAsJsonAsync(new Uri(server, "/runs/batch"), body);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // The server died before it answered: nothing was promised.
            return false;
        }
    }

    private JsonObject Run(int index)
    {
        var start = s_start.AddMilliseconds((index * 10) + _client);
        var id = Uuid7.Deterministic(start, index.ToString(CultureInfo.InvariantCulture), $"client-{_client}");
        return new JsonObject
        {
            ["id"] = id.ToString(),
            ["trace_id"] = id.ToString(),
            ["dotted_order"] = DottedOrder.Print(start, id),
            ["name"] = $"client {_client} run {index}",
            ["run_type"] = "chain",
            ["start_time"] = start.ToString("O", CultureInfo.InvariantCulture),
            ["end_time"] = start.AddMilliseconds(5).ToString("O", CultureInfo.InvariantCulture),
            ["session_name"] = Project,
            ["inputs"] = new JsonObject { ["index"] = index, ["text"] = new string((char)('a' + (index % 26)), 500 + index) },
            ["outputs"] = new JsonObject { ["double"] = index * 2 },
        };
    }
}
