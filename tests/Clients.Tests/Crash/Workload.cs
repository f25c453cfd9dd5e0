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

    public const string FeedbackKey = "judged";

    public IReadOnlyList<JsonObject[]> Batches { get; }

    public IEnumerable<JsonObject> Runs => Batches.SelectMany(batch => batch);

    /// <summary>Whether feedback is given on the run of a name: on a tenth of them.</summary>
    public static bool IsJudged(string name) => name.EndsWith('0');

    /// <summary>Sends a batch and the feedback on it; true only when the server acknowledged all of it.</summary>
    public static async Task<bool> SendAsync(HttpClient http, Uri server, JsonObject[] batch)
    {
        try
        {
            var body = new JsonObject { ["post"] = new JsonArray([.. batch.Select(run => run.DeepClone())]) };
            using var response = await http.PostAsJsonAsync(new Uri(server, "/runs/batch"), body);
            if (!response.IsSuccessStatusCode)
            {
                return false;
            }

            foreach (var run in batch.Where(run => IsJudged((string)run["name"]!)))
            {
                var runId = Guid.Parse((string)run["id"]!);
                var feedback = new JsonObject { ["id"] = Uuid7.Derive(runId, FeedbackKey).ToString(), ["run_id"] = runId.ToString(), ["key"] = FeedbackKey, ["score"] = 1 };
                using var judged = await http.PostAsJsonAsync(new Uri(server, "/feedback"), feedback);
                if (!judged.IsSuccessStatusCode)
                {
                    return false;
                }
            }

            return true;
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
