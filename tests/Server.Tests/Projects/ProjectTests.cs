using System.Net;
using System.Text.Json;
using LangSmith;
using Server.Tests.Support;

namespace Server.Tests.Projects;

public sealed class ProjectTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    [Proves("POST /api/v1/sessions", "GET /api/v1/sessions", "GET /api/v1/sessions/{session_id}", "PATCH /api/v1/sessions/{session_id}",
        "DELETE /api/v1/sessions/{session_id}")]
    public async Task Project_WholeLife_IsAsClientsExpect()
    {
        var id = Uuid7.NewGuid();
        var name = $"project {id:N}";
        var created = await server.PostAsync("/sessions", new { id, name, description = "d", extra = new { metadata = new { a = 1 } } });
        Assert.Equal(id, created.GetProperty("id").GetGuid());
        Assert.Equal("00000000-0000-7000-8000-000000000001", created.GetProperty("tenant_id").GetString());

        using var again = await server.Http.PostAsync(new Uri("/sessions", UriKind.Relative), Json(name), TestServer.Cancellation);
        Assert.Equal((HttpStatusCode.Conflict, "false"), (again.StatusCode, again.Headers.GetValues("x-should-retry").Single()));
        var upserted = await server.PostAsync("/sessions?upsert=true", new { name, description = "e" });
        Assert.Equal((id, "e"), (upserted.GetProperty("id").GetGuid(), upserted.GetProperty("description").GetString()));

        await server.SendAsync(HttpMethod.Patch, $"/sessions/{id}", new { name = $"{name}!", description = (string?)null });
        var read = await server.GetAsync($"/sessions/{id}");
        Assert.Equal(($"{name}!", "e"), (read.GetProperty("name").GetString(), read.GetProperty("description").GetString()));
        Assert.Single((await server.GetAsync($"/sessions?name={Uri.EscapeDataString(name)}!&limit=1")).EnumerateArray());

        await server.SendAsync(HttpMethod.Delete, $"/sessions/{id}", null, HttpStatusCode.Accepted);
        await server.GetAsync($"/sessions/{id}", HttpStatusCode.NotFound);
        await server.SendAsync(HttpMethod.Delete, $"/sessions/{id}", null, HttpStatusCode.NotFound);

        static StringContent Json(string name) => new(JsonSerializer.Serialize(new { name }));
    }

    [Fact]
    [Proves("DELETE /api/v1/sessions")]
    public async Task Delete_OfAProject_TakesItsRunsAndItsNameIsFreeAgain()
    {
        var name = Uuid7.NewGuid().ToString("N");
        var run = await server.CreateRunAsync(r => r["session_name"] = name);
        var project = (await server.GetAsync($"/runs/{run}")).GetProperty("session_id").GetGuid();

        await server.SendAsync(HttpMethod.Delete, $"/sessions?session_ids={project}", null, HttpStatusCode.Accepted);

        await server.GetAsync($"/runs/{run}", HttpStatusCode.NotFound);
        var other = await server.CreateRunAsync(r => r["session_name"] = name);
        Assert.NotEqual(project, (await server.GetAsync($"/runs/{other}")).GetProperty("session_id").GetGuid());
    }

    [Theory]
    [InlineData("name", false, "abc")]
    [InlineData("name", true, "cba")]
    [InlineData("runs_count", true, "cab")]
    [InlineData("error_rate", true, "acb")]
    [InlineData("latency_p50", false, "acb")]
    [InlineData("feedback&sort_by_feedback_key=k", false, "cab")]
    public async Task List_Sorted_IsInThatOrder(string by, bool descending, string expected)
    {
        // b has no runs: what it has no value for, it comes last in.
        var prefix = Uuid7.NewGuid().ToString("N");
        await server.PostAsync("/sessions", new { name = $"{prefix}b" });
        foreach (var (name, seconds, error, score) in ((string, int[], string?, double)[])[("a", [1], "oops", 1), ("c", [2, 3], null, 0.5)])
        {
            foreach (var second in seconds)
            {
                var run = await server.CreateRunAsync(r => (r["session_name"], r["end_time"], r["error"]) =
                    ($"{prefix}{name}", $"2026-11-24T12:00:0{second}Z", error), Uuid7.NewGuid());
                await server.PostAsync("/feedback", new { run_id = run, key = "k", score });
            }
        }

        var path = $"/sessions?name_contains={prefix}&sort_by={by}&sort_by_desc={descending}";
        var first = await server.GetAsync($"{path}&limit=2");
        var rest = await server.GetAsync($"{path}&offset=2");
        var names = first.EnumerateArray().Concat(rest.EnumerateArray()).Select(project => project.GetProperty("name").GetString()![^1]);
        Assert.Equal(expected, string.Concat(names));
        await server.GetAsync("/sessions?sort_by=luck", HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task List_OfAFreshServer_HasTheDefaultProject()
    {
        await using var fresh = await TestServer.StartAsync();
        Assert.Equal("default", Assert.Single((await fresh.GetAsync("/sessions?limit=1")).EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Read_WithStatistics_CountsTraces()
    {
        var name = Uuid7.NewGuid().ToString("N");
        var run = await server.CreateRunAsync(r => (r["session_name"], r["end_time"]) = (name, "2026-11-24T12:00:02Z"));
        await server.PostAsync("/feedback", new { run_id = run, key = "k", score = 1 });
        var project = Assert.Single((await server.GetAsync($"/sessions?name={name}&include_stats=True")).EnumerateArray());
        Assert.Equal(1, project.GetProperty("run_count").GetInt32());
        Assert.InRange(project.GetProperty("latency_p50").GetDouble(), 1.98, 2.02);
        Assert.Equal(1, project.GetProperty("feedback_stats").GetProperty("k").GetProperty("n").GetInt32());
    }

    [Fact]
    [Proves("GET /api/v1/sessions/{session_id}/metadata")]
    public async Task Metadata_OfAProject_IsWhatItsRunsCarry()
    {
        var name = Uuid7.NewGuid().ToString("N");
        foreach (var user in (string[])["u1", "u2", "u1"])
        {
            await server.CreateRunAsync(r => (r["session_name"], r["extra"]) = (name, System.Text.Json.Nodes.JsonNode.Parse($$$"""{"metadata":{"user":"{{{user}}}","n":1}}""")));
        }

        var project = (await server.GetAsync($"/sessions?name={name}"))[0].GetProperty("id").GetString();
        Assert.Equal("""{"n":["1"],"user":["u1","u2"]}""", (await server.GetAsync($"/sessions/{project}/metadata")).GetRawText());
        Assert.Equal("""{"user":["u1"]}""", (await server.GetAsync($"/sessions/{project}/metadata?metadata_keys=user&k=1")).GetRawText());
    }

    [Fact]
    [Proves("POST /api/v1/sessions/{session_id}/views", "GET /api/v1/sessions/{session_id}/views", "GET /api/v1/sessions/{session_id}/views/{view_id}",
        "PATCH /api/v1/sessions/{session_id}/views/{view_id}", "DELETE /api/v1/sessions/{session_id}/views/{view_id}")]
    public async Task View_OfAProject_IsASavedFilter()
    {
        var project = (await server.PostAsync("/sessions", new { name = Uuid7.NewGuid() })).GetProperty("id").GetString();
        var view = (await server.PostAsync($"/sessions/{project}/views", new { display_name = "slow", filter_string = "gt(latency, 5)" })).GetProperty("id").GetString();
        await server.SendAsync(HttpMethod.Patch, $"/sessions/{project}/views/{view}", new { display_name = "very slow" });
        var read = await server.GetAsync($"/sessions/{project}/views/{view}");
        Assert.Equal(("very slow", "gt(latency, 5)"), (read.GetProperty("display_name").GetString(), read.GetProperty("filter_string").GetString()));
        Assert.Single((await server.GetAsync($"/sessions/{project}/views")).EnumerateArray());
        await server.GetAsync($"/sessions/{Uuid7.NewGuid()}/views/{view}", HttpStatusCode.NotFound);
        await server.SendAsync(HttpMethod.Delete, $"/sessions/{project}/views/{view}", null, HttpStatusCode.NoContent);
        Assert.Empty((await server.GetAsync($"/sessions/{project}/views")).EnumerateArray());
    }

    [Theory]
    [InlineData("/sessions?limit=many")]
    [InlineData("/sessions?id=nope")]
    [InlineData("/sessions?reference_free=maybe")]
    [InlineData("/sessions/nope")]
    public async Task Read_WithAValueThatIsNone_Is422AndNamesIt(string path)
    {
        var problem = await server.GetAsync(path, HttpStatusCode.UnprocessableEntity);
        Assert.Contains(path.Split('=', '/')[^1], problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("GET /api/v2/sessions")]
    public async Task List_ByFilterVersionAndKind_IsWhatWasAskedFor()
    {
        await using var workspace = await server.AddWorkspaceAsync();
        var dataset = Uuid7.NewGuid();
        await workspace.PostAsync("/sessions", new { name = "plain", extra = new { metadata = new { team = "x" } } });
        await workspace.PostAsync("/sessions", new
        {
            name = "experiment",
            reference_dataset_id = dataset,
            extra = new { metadata = new { dataset_version = "2026-01-02T03:04:05.000006+00:00" } },
        });

        Assert.Equal(["plain"], Names(await workspace.GetAsync($"/sessions?filter={Uri.EscapeDataString("eq(metadata.team, \"x\")")}")));
        Assert.Equal(["experiment"], Names(await workspace.GetAsync("/sessions?dataset_version=2026-01-02T03:04:05.000006Z")));
        await workspace.GetAsync("/sessions?filter=bad(", HttpStatusCode.BadRequest);

        var page = await workspace.GetAsync("/v2/sessions?sort_by=NAME&sort_order=asc&page_size=2&include_stats=true");
        Assert.Equal(["default", "experiment"], Names(page.GetProperty("items")));
        Assert.Equal(["PROJECT", "EXPERIMENT"], page.GetProperty("items").EnumerateArray().Select(project => project.GetProperty("type").GetString()));
        Assert.Equal(0, page.GetProperty("items")[0].GetProperty("run_count").GetInt32());
        var rest = await workspace.GetAsync($"/v2/sessions?sort_by=NAME&sort_order=asc&page_size=2&cursor={page.GetProperty("next_cursor").GetString()}");
        Assert.Equal(["plain"], Names(rest.GetProperty("items")));
        Assert.Equal(["experiment"], Names((await workspace.GetAsync("/v2/sessions?type=EXPERIMENT")).GetProperty("items")));
        Assert.Equal(["experiment"], Names((await workspace.GetAsync($"/v2/sessions?reference_dataset_id={dataset}")).GetProperty("items")));

        static string?[] Names(JsonElement projects) => [.. projects.EnumerateArray().Select(project => project.GetProperty("name").GetString())];
    }
}
