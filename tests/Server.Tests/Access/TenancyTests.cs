using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith;
using LangSmith.Server.Api.Operations;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Server.Tests.Support;

namespace Server.Tests.Access;

/// <summary>Every operation that the server has, called from one workspace with the ids of another: as if there were nothing.</summary>
public sealed class TenancyTests : IAsyncLifetime
{
    /// <summary>In every text of the one workspace, and in nothing that the other one sends.</summary>
    private const string Marker = "TOPSECRET";

    private TestServer _server = null!;
    private HttpClient _other = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(options => options with { ApiKey = "root" });
        _server.Http.DefaultRequestHeaders.Add("x-api-key", "root");
        var workspace = (await _server.PostAsync("/workspaces", new { display_name = "other" })).GetProperty("id").GetString()!;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api-key", UriKind.Relative));
        request.Content = new StringContent("""{"description":"k"}""");
        request.Headers.Add("x-tenant-id", workspace);
        using var made = await _server.Http.SendAsync(request, TestServer.Cancellation);
        var key = JsonElement.Parse(await made.Content.ReadAsStringAsync(TestServer.Cancellation)).GetProperty("key").GetString();
        _other = new HttpClient { BaseAddress = _server.Url };
        _other.DefaultRequestHeaders.Add("x-api-key", key);
    }

    public async ValueTask DisposeAsync()
    {
        _other.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task EveryOperation_WithAnotherWorkspacesIds_FindsNothingAndChangesNothing()
    {
        var things = await MakeThingsAsync();
        var before = await SnapshotAsync(things);
        var have = MissingOperations.Keys([_server.Services.GetRequiredService<EndpointDataSource>()]).ToHashSet(StringComparer.Ordinal);
        Operation[] operations = [.. Operation.All.Where(operation => have.Contains(operation.Key))];

        // First those that name a thing in their path; what the others create under foreign ids is not there yet.
        foreach (var operation in operations.Where(IsNamedByItsPath))
        {
            var path = Fill(operation.Path, things);
            if (path.Contains('{', StringComparison.Ordinal))
            {
                Assert.True(IsOpenedByAToken(operation), $"{operation.Method} {operation.Path}: the test does not know what to put into its path.");
                continue;
            }

            var (status, answer) = await SendAsync(operation, path, IsWrite(operation) ? Body(operation, things).ToJsonString() : null);
            Assert.True(FindsNothing(operation, status), $"{operation.Method} {path} answered {(int)status}: {answer}");
            Assert.DoesNotContain(Marker, answer, StringComparison.Ordinal);
        }

        // Then all of them, with the ids wherever a body or a query may hold them.
        foreach (var operation in operations.Where(operation => !IsOpenedByAToken(operation)))
        {
            var path = Fill(operation.Path, things);
            var everywhere = $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Query(things)}";
            var body = Ids(things);
            string?[] bodies = IsWrite(operation) ? [body.ToJsonString(), new JsonArray(body.DeepClone()).ToJsonString()] : [null];
            foreach (var sent in bodies)
            {
                var (status, answer) = await SendAsync(operation, everywhere, sent);
                Assert.True((int)status < 500 || status == HttpStatusCode.NotImplemented, $"{operation.Method} {path} answered {(int)status}: {answer}");
                Assert.False(answer.Contains(Marker, StringComparison.Ordinal), $"{operation.Method} {path} shows another workspace's data: {answer}");
            }
        }

        Assert.Equal(before, await SnapshotAsync(things));
    }

    /// <summary>A patch of a foreign run is a patch that came before its post: of a run of the own workspace that has the same id.</summary>
    [Fact]
    public async Task Patch_OfAForeignRun_IsARunOfTheOwnWorkspace()
    {
        var run = await _server.CreateRunAsync();
        var patch = new Operation("", "P0", "PATCH", "");
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(patch, $"/runs/{run}", """{"name":"stolen"}""")).Status);
        Assert.Equal("run", (await _server.GetAsync($"/runs/{run}")).GetProperty("name").GetString());
        Assert.Contains("stolen", (await SendAsync(patch with { Method = "GET" }, $"/runs/{run}", null)).Answer, StringComparison.Ordinal);
    }

    /// <summary>Lists are empty, a share is taken back where none is, and workspaces are the administrator's matter.</summary>
    private static bool FindsNothing(Operation operation, HttpStatusCode status) => (operation.Method, operation.Path) switch
    {
        ("DELETE", "/api/v1/runs/{run_id}/share" or "/api/v2/runs/{trace_id}/share" or "/api/v1/datasets/{dataset_id}/share") => status == HttpStatusCode.NoContent,
        ("GET", "/api/v2/traces/{trace_id}/runs" or "/api/v2/threads/{thread_id}/traces") => status == HttpStatusCode.OK,
        ("GET", "/api/v1/annotation-queues/{run_id}/queues") => status is HttpStatusCode.OK or HttpStatusCode.NotFound,
        ("PATCH" or "DELETE", "/api/v1/workspaces/{workspace_id}") => status == HttpStatusCode.Forbidden,
        _ => status == HttpStatusCode.NotFound,
    };

    private static bool IsOpenedByAToken(Operation operation) =>
        operation.Path.Contains("/public/", StringComparison.Ordinal) || operation.Path.EndsWith("/{token}", StringComparison.Ordinal)
        || operation.Path.EndsWith("/{signed}", StringComparison.Ordinal);

    /// <summary>A patch of a run creates it.</summary>
    private static bool IsNamedByItsPath(Operation operation) =>
        operation.Path.Contains('{', StringComparison.Ordinal) && operation.Key != "PATCH /api/v1/runs/{}";

    private static bool IsWrite(Operation operation) => operation.Method is "POST" or "PATCH" or "PUT" or "DELETE";

    private async Task<IReadOnlyDictionary<string, string>> MakeThingsAsync()
    {
        var run = (await _server.CreateRunAsync(r =>
        {
            (r["name"], r["session_name"]) = (Marker, Marker);
            r["extra"] = JsonNode.Parse($$$"""{"metadata":{"thread_id":"t","user":"{{{Marker}}}"}}""");
            r["inputs"] = new JsonObject { ["q"] = Marker };
        })).ToString();
        var project = Text(await _server.GetAsync($"/runs/{run}"), "session_id");
        var feedback = Text(await _server.PostAsync("/feedback", new { run_id = run, key = "k", score = 1, comment = Marker }), "id");
        await _server.PostAsync("/feedback-configs", new { feedback_key = Marker, feedback_config = new { type = "freeform" } });
        await _server.PostAsync("/feedback/tokens", new { run_id = run, feedback_key = Marker });
        await _server.PostAsync("/repos", new { repo_handle = "prompt", description = Marker, tags = new[] { Marker } });
        var commit = (await _server.PostAsync("/commits/-/prompt", new { manifest = new { files = new { a = Marker } } }, HttpStatusCode.Created)).GetProperty("commit");
        await _server.PostAsync("/repos/-/prompt/tags", new { tag_name = "prod", commit_id = Text(commit, "id") });
        var key = Text(await _server.PostAsync("/api-key", new { description = Marker }), "id");
        var queue = Text(await _server.PostAsync("/annotation-queues", new { name = Marker }), "id");
        var item = Text((await _server.PostAsync($"/annotation-queues/{queue}/runs", new[] { run }))[0], "id");
        var dataset = Text(await _server.PostAsync("/datasets", new { name = Marker }), "id");
        var example = Text(await _server.PostAsync("/examples", new { dataset_id = dataset, inputs = new { q = Marker } }), "id");
        var comparison = Text(await _server.PostAsync("/datasets/comparative", new { name = Marker, reference_dataset_id = dataset }), "id");
        var view = Text(await _server.PostAsync($"/sessions/{project}/views", new { display_name = Marker }), "id");
        var price = Text(await _server.PostAsync("/model-price-map", new { name = Marker, match_pattern = Marker, prompt_cost = 1, completion_cost = 1 }), "id");
        var member = Text(await _server.PostAsync("/workspaces/current/members", new { user_id = run }), "id");
        var share = Text(await _server.SendAsync(HttpMethod.Put, $"/runs/{run}/share", new { run_id = run }), "share_token");
        await _server.SendAsync(HttpMethod.Put, $"/datasets/{dataset}/share", new { dataset_id = dataset });
        return new Dictionary<string, string>
        {
            ["view_id"] = view,
            ["identity_id"] = member,
            ["dataset_id"] = dataset,
            ["example_id"] = example,
            ["comparative_experiment_id"] = comparison,
            ["queue_id"] = queue,
            ["queue_run_id"] = item,
            ["annotation_queue_run_id"] = item,
            ["queue_item_id"] = item,
            ["item_id"] = item,
            ["index"] = "0",
            ["run_id"] = run,
            ["trace_id"] = run,
            ["session_id"] = project,
            ["feedback_id"] = feedback,
            ["owner"] = "-",
            ["repo"] = "prompt",
            ["commit"] = Text(commit, "commit_hash"),
            ["commit_id"] = Text(commit, "id"),
            ["tag_name"] = "prod",
            ["api_key_id"] = key,
            ["pat_id"] = key,
            ["thread_id"] = "t",
            ["id"] = price,
            ["token"] = share,
            ["workspace_id"] = "00000000-0000-7000-8000-000000000001",
        };
    }

    private async Task<string> SnapshotAsync(IReadOnlyDictionary<string, string> things)
    {
        string[] paths =
        [
            $"/runs/{things["run_id"]}/identity", $"/sessions/{things["session_id"]}", $"/feedback/{things["feedback_id"]}", "/repos/-/prompt",
            "/repos/-/prompt/tags", "/commits/-/prompt", "/api-key", $"/runs/{things["run_id"]}/share", "/workspaces", "/settings", "/ttl-settings",
            "/annotation-queues", $"/annotation-queues/{things["queue_id"]}/runs", "/datasets", "/examples", "/feedback-configs", "/model-price-map",
            $"/datasets/{things["dataset_id"]}/comparative", $"/datasets/{things["dataset_id"]}/share", $"/datasets/{things["dataset_id"]}/versions",
            $"/sessions/{things["session_id"]}/views", $"/feedback/tokens?run_id={things["run_id"]}", "/workspaces/current/shared",
            "/workspaces/current/members",
        ];
        var texts = new List<string>();
        foreach (var path in paths)
        {
            texts.Add((await _server.GetAsync(path)).GetRawText());
        }

        return string.Join('\n', texts);
    }

    private static string Fill(string path, IReadOnlyDictionary<string, string> things)
    {
        // The token of a share is a secret that opens what it names: those operations are left open.
        foreach (var (name, value) in things.Where(thing => thing.Key != "token"))
        {
            path = path.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        }

        return path.Contains("/threads/", StringComparison.Ordinal) && path.EndsWith("/stats", StringComparison.Ordinal) ? $"{path}?selects=TURNS" : path;
    }

    private static JsonObject Body(Operation operation, IReadOnlyDictionary<string, string> things) => new()
    {
        ["name"] = "stolen",
        ["description"] = "stolen",
        ["score"] = 0,
        ["like"] = true,
        ["manifest"] = new JsonObject { ["stolen"] = true },
        ["files"] = new JsonObject(),
        ["commit_id"] = Uuid7.NewGuid().ToString(),
        ["tag_name"] = "prod",
        ["repo_handle"] = "fork",
        ["display_name"] = "stolen",
        ["trace_id"] = operation.Path.Contains("share", StringComparison.Ordinal) ? things["trace_id"] : null,
    };

    /// <summary>Foreign ids under every name that an operation may look for them.</summary>
    private static JsonObject Ids(IReadOnlyDictionary<string, string> things)
    {
        var run = things["run_id"];
        var project = things["session_id"];
        var dataset = things["dataset_id"];
        var body = new JsonObject
        {
            ["name"] = "stolen",
            ["key"] = "stolen",
            ["feedback_key"] = "k",
            ["display_name"] = "stolen",
            ["repo_handle"] = "stolen",
            ["inputs"] = new JsonObject { ["stolen"] = true },
            ["manifest"] = new JsonObject { ["stolen"] = true },
            ["use_source_run_io"] = true,
            ["experiment_name"] = "stolen",
            ["source_run_id"] = run,
            ["run_id"] = run,
            ["trace"] = run,
            ["trace_id"] = run,
            ["parent_run"] = run,
            ["parent_run_id"] = run,
            ["session_id"] = project,
            ["project_id"] = project,
            ["baseline_session_id"] = project,
            ["source_dataset_id"] = dataset,
            ["target_dataset_id"] = dataset,
            ["reference_dataset_id"] = dataset,
            ["dataset_id"] = dataset,
            ["reference_example_id"] = things["example_id"],
            ["commit_id"] = things["commit_id"],
            ["group_by"] = "conversation",
            ["default_trace_tier"] = "shortlived",
            ["apply_to_all_projects"] = true,
            ["unshare_all"] = true,
            ["metadata"] = new JsonObject { ["thread_id"] = "t" },
        };
        foreach (var (name, value) in ((string, string)[])
        [
            ("ids", run), ("run_ids", run), ("trace_ids", run), ("session", project), ("session_ids", project), ("project_ids", project),
            ("experiment_ids", project), ("comparison_session_ids", project), ("dataset_ids", dataset), ("example_ids", things["example_id"]),
            ("reference_example", things["example_id"]), ("examples", things["example_id"]), ("item_ids", things["item_id"]),
            ("queue_run_ids", things["queue_run_id"]), ("share_tokens", things["token"]), ("queue_ids", things["queue_id"]),
        ])
        {
            body[name] = new JsonArray(value);
        }

        return body;
    }

    private static string Query(IReadOnlyDictionary<string, string> things) => string.Join('&', (string[])
    [
        $"run={things["run_id"]}", $"run_id={things["run_id"]}", $"session={things["session_id"]}", $"session_id={things["session_id"]}",
        $"session_ids={things["session_id"]}", $"project_id={things["session_id"]}", $"dataset={things["dataset_id"]}",
        $"dataset_ids={things["dataset_id"]}", $"example_ids={things["example_id"]}", $"feedback_key={Uri.EscapeDataString("k")}", "include_stats=true",
    ]);

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private async Task<(HttpStatusCode Status, string Answer)> SendAsync(Operation operation, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), new Uri(path, UriKind.Relative));
        request.Content = body is null ? null : new StringContent(body);
        using var response = await _other.SendAsync(request, TestServer.Cancellation);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestServer.Cancellation));
    }
}
