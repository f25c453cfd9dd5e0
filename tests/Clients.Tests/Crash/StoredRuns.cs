using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Clients.Tests.Crash;

/// <summary>What a server holds of the workload's project, read page by page.</summary>
internal static class StoredRuns
{
    public static async Task<IReadOnlyList<JsonElement>> ReadAsync(HttpClient http, Uri server, CancellationToken cancellation)
    {
        var sessions = await http.GetFromJsonAsync<JsonElement>(new Uri(server, $"/sessions?name={Workload.Project}"), cancellation);
        if (sessions.GetArrayLength() == 0)
        {
            return [];
        }

        var runs = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var query = new JsonObject
            {
                ["session"] = new JsonArray(sessions[0].GetProperty("id").GetString()),
                ["limit"] = 100,
                ["cursor"] = cursor,
            };
            using var response = await http.PostAsJsonAsync(new Uri(server, "/runs/query"), query, cancellation);
            response.EnsureSuccessStatusCode();
            var page = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
            runs.AddRange(page.GetProperty("runs").EnumerateArray());
            cursor = page.GetProperty("cursors").GetProperty("next").GetString();
        }
        while (cursor is not null);
        return runs;
    }

    /// <summary>How many pieces of feedback a stored run has.</summary>
    public static int Judgements(JsonElement stored) =>
        stored.GetProperty("feedback_stats") is { ValueKind: JsonValueKind.Object } statistics && statistics.TryGetProperty(Workload.FeedbackKey, out var judged)
            ? judged.GetProperty("n").GetInt32()
            : 0;

    /// <summary>Whether a stored run has everything that was sent for it.</summary>
    public static bool IsWhole(JsonElement stored, JsonObject sent) =>
        stored.GetProperty("name").GetString() == (string?)sent["name"]
        && stored.GetProperty("status").GetString() == "success"
        && JsonNode.DeepEquals(JsonNode.Parse(stored.GetProperty("inputs").GetRawText()), sent["inputs"])
        && JsonNode.DeepEquals(JsonNode.Parse(stored.GetProperty("outputs").GetRawText()), sent["outputs"]);
}
