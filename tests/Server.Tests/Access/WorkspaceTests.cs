using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith;
using LangSmith.Server.Api.Operations;
using Server.Tests.Support;

namespace Server.Tests.Access;

/// <summary>Workspaces do not see each other: with another workspace's ids, every operation answers as if there were nothing.</summary>
public sealed class WorkspaceTests : IAsyncLifetime
{
    private TestServer _server = null!;
    private HttpClient _other = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(options => options with { ApiKey = "root" });
        _server.Http.DefaultRequestHeaders.Add("x-api-key", "root");
        var workspace = (await _server.PostAsync("/workspaces", new { display_name = "other" })).GetProperty("id").GetString()!;
        _other = new HttpClient { BaseAddress = _server.Url };
        _other.DefaultRequestHeaders.Add("x-api-key", "root");
        _other.DefaultRequestHeaders.Add("x-tenant-id", workspace);
        var key = (await SendAsync(_other, HttpMethod.Post, "/api-key", """{"description":"k"}""")).Body.GetProperty("key").GetString();
        _other.DefaultRequestHeaders.Remove("x-tenant-id");
        _other.DefaultRequestHeaders.Remove("x-api-key");
        _other.DefaultRequestHeaders.Add("x-api-key", key);
    }

    public async ValueTask DisposeAsync()
    {
        _other.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    [Proves("GET /api/v1/workspaces", "POST /api/v1/workspaces", "PATCH /api/v1/workspaces/{workspace_id}", "DELETE /api/v1/workspaces/{workspace_id}",
        "GET /api/v1/workspaces/{workspace_id}", "GET /api/v1/tenants")]
    public async Task Workspace_OfAKey_IsTheOnlyOneItSees()
    {
        Assert.Equal(2, (await _server.GetAsync("/workspaces")).GetArrayLength());
        var own = Assert.Single((await SendAsync(_other, HttpMethod.Get, "/workspaces")).Body.EnumerateArray());
        Assert.Equal("other", own.GetProperty("display_name").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(_other, HttpMethod.Post, "/workspaces", """{"display_name":"third"}""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(_other, HttpMethod.Get, "/workspaces/00000000-0000-7000-8000-000000000001")).Status);
        using var foreign = new HttpRequestMessage(HttpMethod.Get, new Uri("/sessions", UriKind.Relative));
        foreign.Headers.Add("x-tenant-id", "00000000-0000-7000-8000-000000000001");
        Assert.Equal(HttpStatusCode.Forbidden, (await _other.SendAsync(foreign, TestServer.Cancellation)).StatusCode);

        var id = own.GetProperty("id").GetString();
        await _server.SendAsync(HttpMethod.Patch, $"/workspaces/{id}", new { display_name = "renamed" });
        Assert.Equal("renamed", (await _server.GetAsync($"/workspaces/{id}")).GetProperty("display_name").GetString());
        await _server.SendAsync(HttpMethod.Delete, $"/workspaces/{id}", null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(_other, HttpMethod.Get, "/workspaces")).Status);
    }

    [Fact]
    [Proves("GET /api/v1/api-key", "POST /api/v1/api-key", "DELETE /api/v1/api-key/{api_key_id}", "GET /api/v1/api-key/current",
        "POST /api/v1/api-key/current", "DELETE /api/v1/api-key/current/{pat_id}")]
    public async Task Key_IsShownOnceAndReadsOnlyWhenSo()
    {
        var made = await _server.PostAsync("/api-key", new { description = "reader", read_only = true });
        var key = made.GetProperty("key").GetString()!;
        var listed = Assert.Single((await _server.GetAsync("/api-key/current")).EnumerateArray());
        Assert.False(listed.TryGetProperty("key", out _));
        Assert.DoesNotContain(key, listed.GetRawText(), StringComparison.Ordinal);

        using var reader = new HttpClient { BaseAddress = _server.Url };
        reader.DefaultRequestHeaders.Add("x-api-key", key);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(reader, HttpMethod.Post, "/runs/query", "{}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(reader, HttpMethod.Post, "/runs", "{}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(reader, HttpMethod.Delete, $"/api-key/{made.GetProperty("id").GetString()}")).Status);

        await _server.SendAsync(HttpMethod.Delete, $"/api-key/{made.GetProperty("id").GetString()}", null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(reader, HttpMethod.Get, "/sessions")).Status);
    }

    /// <summary>One thing of each kind is made in one workspace; then every operation with an id is tried from another with those ids.</summary>
    [Fact]
    public async Task EveryOperation_WithAnotherWorkspacesIds_FindsNothingAndChangesNothing()
    {
        var things = await MakeThingsAsync();
        var before = await SnapshotAsync(things);
        var tried = 0;
        foreach (var operation in Operation.All.Where(o => o.Path.Contains('{', StringComparison.Ordinal) && o.Key != "PATCH /api/v1/runs/{}"))
        {
            if (Fill(operation.Path, things) is not { } path)
            {
                continue;
            }

            var body = operation.Method is "POST" or "PATCH" or "PUT" ? Body(operation, things) : null;
            var (status, answer) = await SendAsync(_other, new HttpMethod(operation.Method), path, body);
            if (status == HttpStatusCode.NotImplemented)
            {
                continue;
            }

            tried++;
            Assert.True(FindsNothing(operation, status), $"{operation.Method} {path} answered {(int)status}: {answer}");
        }

        Assert.True(tried > 50, $"Only {tried} operations were tried.");
        Assert.DoesNotContain(things["run_id"], (await SendAsync(_other, HttpMethod.Post, "/runs/query", "{}")).Body.GetRawText(), StringComparison.Ordinal);
        Assert.Empty((await SendAsync(_other, HttpMethod.Get, $"/feedback?run={things["run_id"]}")).Body.EnumerateArray());

        // A patch of a foreign run is a patch that came before its post: of a run of the own workspace that has the same id.
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(_other, HttpMethod.Patch, $"/runs/{things["run_id"]}", """{"name":"stolen"}""")).Status);
        Assert.Equal("stolen", (await SendAsync(_other, HttpMethod.Get, $"/runs/{things["run_id"]}")).Body.GetProperty("name").GetString());
        Assert.Equal(before, await SnapshotAsync(things));
    }

    /// <summary>Lists are empty, and a share is taken back where none is.</summary>
    private static bool FindsNothing(Operation operation, HttpStatusCode status) => (operation.Method, operation.Path) switch
    {
        ("DELETE", "/api/v1/runs/{run_id}/share" or "/api/v2/runs/{trace_id}/share" or "/api/v1/datasets/{dataset_id}/share") => status == HttpStatusCode.NoContent,
        ("GET", "/api/v2/traces/{trace_id}/runs" or "/api/v2/threads/{thread_id}/traces") => status == HttpStatusCode.OK,
        ("GET", "/api/v1/annotation-queues/{run_id}/queues") => status is HttpStatusCode.OK or HttpStatusCode.NotFound,
        _ => status == HttpStatusCode.NotFound,
    };

    private async Task<IReadOnlyDictionary<string, string>> MakeThingsAsync()
    {
        var run = (await _server.CreateRunAsync(r => r["extra"] = JsonNode.Parse("""{"metadata":{"thread_id":"t"}}"""))).ToString();
        var project = (await _server.GetAsync($"/runs/{run}")).GetProperty("session_id").GetString()!;
        var feedback = (await _server.PostAsync("/feedback", new { run_id = run, key = "k", score = 1 })).GetProperty("id").GetString()!;
        await _server.PostAsync("/repos", new { repo_handle = "prompt" });
        var commit = (await _server.PostAsync("/commits/-/prompt", new { manifest = new { a = 1 } }, HttpStatusCode.Created)).GetProperty("commit");
        await _server.PostAsync("/repos/-/prompt/tags", new { tag_name = "prod", commit_id = commit.GetProperty("id").GetString() });
        var key = (await _server.PostAsync("/api-key", new { description = "x" })).GetProperty("id").GetString()!;
        var queue = (await _server.PostAsync("/annotation-queues", new { name = "queue" })).GetProperty("id").GetString()!;
        var item = (await _server.PostAsync($"/annotation-queues/{queue}/runs", new[] { run }))[0].GetProperty("id").GetString()!;
        var dataset = (await _server.PostAsync("/datasets", new { name = "dataset" })).GetProperty("id").GetString()!;
        var example = (await _server.PostAsync("/examples", new { dataset_id = dataset, inputs = new { q = 1 } })).GetProperty("id").GetString()!;
        var comparison = await _server.PostAsync("/datasets/comparative", new { name = "c", reference_dataset_id = dataset });
        var view = (await _server.PostAsync($"/sessions/{project}/views", new { display_name = "v" })).GetProperty("id").GetString()!;
        return new Dictionary<string, string>
        {
            ["view_id"] = view,
            ["dataset_id"] = dataset,
            ["example_id"] = example,
            ["comparative_experiment_id"] = comparison.GetProperty("id").GetString()!,
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
            ["commit"] = commit.GetProperty("commit_hash").GetString()!,
            ["tag_name"] = "prod",
            ["api_key_id"] = key,
            ["pat_id"] = key,
            ["thread_id"] = "t",
            ["workspace_id"] = "00000000-0000-7000-8000-000000000001",
        };
    }

    private async Task<string> SnapshotAsync(IReadOnlyDictionary<string, string> things)
    {
        string[] paths =
        [
            $"/runs/{things["run_id"]}/identity", $"/sessions/{things["session_id"]}", $"/feedback/{things["feedback_id"]}", "/repos/-/prompt",
            "/repos/-/prompt/tags", "/commits/-/prompt", "/api-key", $"/runs/{things["run_id"]}/share", "/workspaces",
            "/annotation-queues", $"/annotation-queues/{things["queue_id"]}/runs", "/datasets", "/examples",
            $"/datasets/{things["dataset_id"]}/comparative", $"/sessions/{things["session_id"]}/views",
        ];
        var texts = new List<string>();
        foreach (var path in paths)
        {
            texts.Add((await _server.GetAsync(path)).GetRawText());
        }

        return string.Join('\n', texts);
    }

    private static string? Fill(string path, IReadOnlyDictionary<string, string> things)
    {
        foreach (var (name, value) in things)
        {
            path = path.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        }

        // Workspaces are the administrator's matter; tokens are secrets that anybody may use.
        return path.Contains('{', StringComparison.Ordinal) || path.Contains("/workspaces/", StringComparison.Ordinal) ? null
            : path.Contains("/threads/", StringComparison.Ordinal) && path.EndsWith("/stats", StringComparison.Ordinal) ? $"{path}?selects=TURNS"
            : path;
    }

    private static string Body(Operation operation, IReadOnlyDictionary<string, string> things) => new JsonObject
    {
        ["name"] = "stolen",
        ["description"] = "stolen",
        ["score"] = 0,
        ["like"] = true,
        ["manifest"] = new JsonObject { ["stolen"] = true },
        ["commit_id"] = Uuid7.NewGuid().ToString(),
        ["tag_name"] = "prod",
        ["repo_handle"] = "fork",
        ["display_name"] = "stolen",
        ["trace_id"] = operation.Path.Contains("share", StringComparison.Ordinal) ? things["trace_id"] : null,
    }.ToJsonString();

    private static async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpClient http, HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = body is null ? null : new StringContent(body);
        using var response = await http.SendAsync(request, TestServer.Cancellation);
        var text = await response.Content.ReadAsStringAsync(TestServer.Cancellation);
        return (response.StatusCode, text.StartsWith('{') || text.StartsWith('[') ? JsonElement.Parse(text) : default);
    }
}
