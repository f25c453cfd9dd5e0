using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith;
using LangSmith.Protocol;
using Server.Tests.Support;

namespace Server.Tests.Runs;

/// <summary>Queries over a small forest whose answers can be counted by hand.</summary>
public sealed class RunQueryTests(TestServer shared) : IClassFixture<TestServer>, IAsyncLifetime
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    private readonly List<Guid> _roots = [];
    private readonly List<Guid> _models = [];
    private TestServer _server = null!;
    private string _project = null!;

    /// <summary>Five traces, a minute apart: root → model call with 10·n tokens; every second one fails; two threads.</summary>
    public async ValueTask InitializeAsync()
    {
        _server = await shared.AddWorkspaceAsync();
        for (var index = 0; index < 5; index++)
        {
            var start = s_start.AddMinutes(index);
            var root = Uuid7.FromTime(start);
            var model = Uuid7.FromTime(start);
            _roots.Add(root);
            _models.Add(model);
            var rootOrder = DottedOrder.Print(start, root);
            await PostAsync(root, root, null, rootOrder, "chain", start, index % 2 == 1 ? "boom" : null, new JsonObject
            {
                ["metadata"] = new JsonObject { ["thread_id"] = index < 3 ? "first" : "second", ["index"] = index },
            });
            await PostAsync(model, root, root, DottedOrder.Print(rootOrder, start, model), "llm", start, null, new JsonObject
            {
                ["metadata"] = new JsonObject
                {
                    ["usage_metadata"] = new JsonObject { ["input_tokens"] = index * 8, ["output_tokens"] = index * 2, ["total_tokens"] = index * 10, ["total_cost"] = 0.001 * index },
                },
            });
        }

        _project = (await _server.GetAsync("/sessions?name=forest"))[0].GetProperty("id").GetString()!;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    [Proves("POST /api/v1/runs/query")]
    public async Task Query_ByEachCondition_FindsExactlyThose()
    {
        Assert.Equal(Newest(_roots), await IdsAsync(new { session = new[] { _project }, is_root = true }));
        Assert.Equal(Newest(_models), await IdsAsync(new { session = _project, run_type = "LLM" }));
        Assert.Equal(_roots[2..4], await IdsAsync(new { is_root = true, order = "asc", start_time = s_start.AddMinutes(2), end_time = s_start.AddMinutes(4) }));
        Assert.Equal([_roots[3], _roots[1]], await IdsAsync(new { error = true }));
        Assert.Equal([_models[1]], await IdsAsync(new { parent_run = _roots[1], session = (string?)null }));
        Assert.Equal([_models[0]], await IdsAsync(new { id = new[] { _models[0] }, run_type = "chain", tree_filter = "eq(name, \"none\")" }));
        Assert.Equal([_roots[3], _roots[1]], await IdsAsync(new { query = "boom" }));
        Assert.Equal([_roots[3]], await IdsAsync(new { query = "boom", search_filter = "eq(metadata.index, 3)", execution_order = 1 }));
        Assert.Empty(await IdsAsync(new { session = new[] { Uuid7.NewGuid() } }));
    }

    [Fact]
    public async Task Query_PageByPage_ShowsEachRunOnceAlthoughMoreArrive()
    {
        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await _server.PostAsync("/runs/query", new { is_root = true, limit = 2, cursor });
            seen.AddRange(Ids(page.GetProperty("runs")));
            cursor = page.GetProperty("cursors").GetProperty("next").GetString();
            await _server.CreateRunAsync(run => run["start_time"] = "2026-11-25T00:00:00Z");
        }
        while (cursor is not null);
        Assert.Equal(Newest(_roots), seen);
    }

    [Fact]
    public async Task Query_WithSelect_HasTheSelectedAndWhatTypedClientsNeed()
    {
        var page = await _server.PostAsync("/runs/query", new { id = _models[1], select = new[] { "total_tokens" } });
        var run = page.GetProperty("runs")[0];
        foreach (var field in (string[])["id", "name", "run_type", "start_time", "trace_id", "dotted_order", "status", "session_id", "app_path", "total_tokens"])
        {
            Assert.True(run.TryGetProperty(field, out _), field);
        }

        Assert.False(run.TryGetProperty("inputs", out _));
        Assert.False(run.TryGetProperty("extra", out _));
    }

    [Fact]
    [Proves("GET /api/v1/runs/{run_id}")]
    public async Task Read_OfARoot_SumsUpItsModelsCalls()
    {
        var root = await _server.GetAsync($"/runs/{_roots[3]}");
        Assert.Equal(30, root.GetProperty("total_tokens").GetInt32());
        Assert.Equal(24, root.GetProperty("prompt_tokens").GetInt32());
        Assert.Equal(0.003m, root.GetProperty("total_cost").GetDecimal());
        Assert.Equal("first", (await _server.GetAsync($"/runs/{_roots[0]}")).GetProperty("thread_id").GetString());
    }

    [Fact]
    [Proves("POST /api/v1/runs/stats")]
    public async Task Statistics_OverRoots_CountEachModelsCallOnce()
    {
        var all = await _server.PostAsync("/runs/stats", new { session = new[] { _project }, is_root = true });
        Assert.Equal(5, all.GetProperty("run_count").GetInt32());
        Assert.Equal(100, all.GetProperty("total_tokens").GetInt32());
        Assert.Equal(0.4, all.GetProperty("error_rate").GetDouble(), 6);
        Assert.Equal(0.010m, all.GetProperty("total_cost").GetDecimal());
        Assert.InRange(all.GetProperty("latency_p50").GetDouble(), 0.98, 1.02);
        Assert.Equal(100, (await _server.PostAsync("/runs/stats", new { session = _project })).GetProperty("total_tokens").GetInt32());

        var none = await _server.PostAsync("/runs/stats", new { session = new[] { Uuid7.NewGuid() } });
        Assert.Equal(0, none.GetProperty("run_count").GetInt32());
        Assert.Equal(JsonValueKind.Null, none.GetProperty("latency_p50").ValueKind);
    }

    [Fact]
    public async Task Statistics_ByGroup_AreOnePerValue()
    {
        var types = await _server.PostAsync("/runs/stats", new { session = _project, group_by = new { attribute = "run_type" } });
        Assert.Equal(["chain", "llm"], types.EnumerateObject().Select(g => g.Name).Order(StringComparer.Ordinal));
        var threads = await _server.PostAsync("/runs/stats", new { session = _project, group_by = new { attribute = "metadata", path = "thread_id" } });
        Assert.Equal(3, threads.GetProperty("first").GetProperty("run_count").GetInt32());
        await _server.PostAsync("/runs/stats", new { group_by = new { attribute = "colour" } }, System.Net.HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    [Proves("POST /api/v2/runs/query", "GET /api/v2/runs/{run_id}", "GET /api/v2/runs/{run_id}/url")]
    public async Task Version2_SelectsOnlyWhatIsAskedFor()
    {
        var page = await _server.PostAsync("/api/v2/runs/query", new
        {
            project_ids = new[] { _project },
            min_start_time = s_start,
            is_root = true,
            page_size = 3,
            selects = new[] { "ID", "RUN_TYPE", "STATUS", "METADATA", "LATENCY_SECONDS" },
        });
        Assert.True(page.GetProperty("has_more").GetBoolean());
        var run = page.GetProperty("items")[1];
        Assert.Equal(["id", "run_type", "status", "metadata", "latency_seconds"], run.EnumerateObject().Select(p => p.Name));
        Assert.Equal((_roots[3], "CHAIN", "ERROR"), (run.GetProperty("id").GetGuid(), run.GetProperty("run_type").GetString(), run.GetProperty("status").GetString()));
        Assert.Equal(3, run.GetProperty("metadata").GetProperty("index").GetInt32());
        var rest = await _server.PostAsync("/v2/runs/query", new { project_ids = new[] { _project }, min_start_time = s_start, is_root = true, page_size = 3, cursor = page.GetProperty("next_cursor").GetString() });
        Assert.Equal(Newest(_roots)[3..], Ids(rest.GetProperty("items")));
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("next_cursor").ValueKind);

        Assert.Equal(["id"], (await _server.GetAsync($"/api/v2/runs/{_roots[0]}")).EnumerateObject().Select(p => p.Name));
        await _server.GetAsync($"/api/v2/runs/{_roots[0]}?selects=COLOUR", System.Net.HttpStatusCode.BadRequest);
        var url = (await _server.GetAsync($"/api/v2/runs/{_models[0]}/url")).GetProperty("url").GetString();
        Assert.Contains(_models[0].ToString(), await _server.Http.GetStringAsync(new Uri(url!), TestServer.Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("POST /api/v2/traces/query", "GET /api/v2/traces/{trace_id}/runs")]
    public async Task Traces_AreListedByTheirRootsAndReadInTreeOrder()
    {
        var page = await _server.PostAsync("/api/v2/traces/query", new { project_id = _project, min_start_time = s_start, page_size = 2, selects = new[] { "ID", "TOTAL_TOKENS" } });
        var trace = page.GetProperty("items")[0];
        Assert.Equal(_roots[4], trace.GetProperty("root_run").GetProperty("id").GetGuid());
        Assert.Equal(40, trace.GetProperty("trace_aggregates").GetProperty("total_tokens").GetInt32());
        Assert.True(page.GetProperty("has_more").GetBoolean());

        var runs = await _server.GetAsync($"/api/v2/traces/{_roots[2]}/runs?project_id={_project}");
        Assert.Equal([_roots[2], _models[2]], Ids(runs.GetProperty("items")));
    }

    [Fact]
    [Proves("POST /api/v2/threads/query", "GET /api/v2/threads/{thread_id}/traces", "GET /api/v2/threads/{thread_id}/stats")]
    public async Task Threads_AreTheRootsThatShareAnId()
    {
        var page = await _server.PostAsync("/api/v2/threads/query", new { project_id = _project, min_start_time = s_start, page_size = 1 });
        var newest = page.GetProperty("items")[0];
        Assert.Equal("second", newest.GetProperty("thread_id").GetString());
        Assert.Equal(2, newest.GetProperty("count").GetInt32());
        Assert.Equal(70, newest.GetProperty("total_tokens").GetInt32());
        Assert.Equal(1, newest.GetProperty("num_errored_turns").GetInt32());
        Assert.Equal(_roots[3], newest.GetProperty("first_trace_id").GetGuid());
        var rest = await _server.PostAsync("/api/v2/threads/query", new { project_id = _project, min_start_time = s_start, page_size = 1, cursor = page.GetProperty("next_cursor").GetString() });
        Assert.Equal("first", Assert.Single(rest.GetProperty("items").EnumerateArray()).GetProperty("thread_id").GetString());
        Assert.False(rest.GetProperty("has_more").GetBoolean());

        var turns = await _server.GetAsync($"/api/v2/threads/first/traces?project_id={_project}&selects=TRACE_ID");
        Assert.Equal(Newest(_roots[..3]), turns.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("trace_id").GetGuid()));
        var stats = await _server.GetAsync($"/api/v2/threads/first/stats?session_id={_project}&selects=TURNS&selects=TOTAL_TOKENS");
        Assert.Equal("""{"turns":3,"total_tokens":30}""", stats.GetRawText());
        await _server.GetAsync($"/api/v2/threads/none/stats?session_id={_project}&selects=TURNS", System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    [Proves("POST /api/v1/runs/group", "POST /api/v1/runs/group/stats", "GET /api/v1/runs/threads/{thread_id}")]
    public async Task Group_ByConversation_IsThreadsAndTheirFigures()
    {
        var page = await _server.PostAsync("/runs/group", new { session_id = _project, group_by = "conversation", offset = 1, limit = 1 });
        Assert.Equal(2, page.GetProperty("total").GetInt32());
        var group = Assert.Single(page.GetProperty("groups").EnumerateArray());
        Assert.Equal(("first", 3, 30), (group.GetProperty("group_key").GetString(), group.GetProperty("count").GetInt32(), group.GetProperty("total_tokens").GetInt32()));
        Assert.Equal(Newest(_roots[..3]), await IdsAsync(new { filter = group.GetProperty("filter").GetString(), is_root = true }));
        Assert.Equal(5, (await _server.PostAsync("/runs/group/stats", new { session_id = _project, group_by = "conversation" })).GetProperty("run_count").GetInt32());
        Assert.Equal(2, (await _server.GetAsync($"/runs/threads/second?session_id={_project}")).GetProperty("count").GetInt32());
    }

    [Fact]
    [Proves("POST /api/v1/runs/query/validate")]
    public async Task Validate_OfAFilter_SaysWhatIsWrong()
    {
        Assert.True((await _server.PostAsync("/runs/query/validate", new { filter = "eq(name, \"x\")" })).GetProperty("valid").GetBoolean());
        var wrong = await _server.PostAsync("/runs/query/validate", new { filter = "eq(name, \"x\")", tree_filter = "nope()" });
        Assert.False(wrong.GetProperty("valid").GetBoolean());
        Assert.Equal("tree_filter", Assert.Single(wrong.GetProperty("errors").EnumerateArray()).GetProperty("field").GetString());
    }

    private static Guid[] Newest(IEnumerable<Guid> ids) => [.. ids.Reverse()];

    private static Guid[] Ids(JsonElement runs) => [.. runs.EnumerateArray().Select(r => r.GetProperty("id").GetGuid())];

    private async Task<Guid[]> IdsAsync(object query) => Ids((await _server.PostAsync("/runs/query", query)).GetProperty("runs"));

    private async Task PostAsync(Guid id, Guid trace, Guid? parent, string order, string type, DateTimeOffset start, string? error, JsonObject extra) =>
        await _server.PostAsync(
            "/runs",
            new JsonObject
            {
                ["id"] = id.ToString(),
                ["trace_id"] = trace.ToString(),
                ["parent_run_id"] = parent?.ToString(),
                ["dotted_order"] = order,
                ["name"] = type,
                ["run_type"] = type,
                ["start_time"] = start.ToString("O"),
                ["end_time"] = start.AddSeconds(1).ToString("O"),
                ["error"] = error,
                ["extra"] = extra,
                ["session_name"] = "forest",
            }.ToJsonString(),
            System.Net.HttpStatusCode.Accepted);
}
