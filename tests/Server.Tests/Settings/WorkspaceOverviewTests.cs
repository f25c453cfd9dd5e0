using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LangSmith;
using Server.Tests.Support;

namespace Server.Tests.Settings;

/// <summary>What is in a workspace, who is, and what it shows to others.</summary>
public sealed class WorkspaceOverviewTests(TestServer shared) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await shared.AddWorkspaceAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    [Proves("GET /api/v1/workspaces/current/stats", "GET /api/v1/workspaces/current/members")]
    public async Task Stats_CountWhatIsThere()
    {
        await _server.PostAsync("/datasets", new { name = "d" });
        await _server.PostAsync("/repos", new { repo_handle = "p" });
        await _server.PostAsync("/annotation-queues", new { name = "q" });
        var stats = await _server.GetAsync("/workspaces/current/stats");
        int[] counts = [.. new[] { "dataset_count", "repo_count", "annotation_queue_count", "tracer_session_count" }.Select(n => stats.GetProperty(n).GetInt32())];
        Assert.Equal([1, 1, 1, 1], counts);
        var member = Assert.Single((await _server.GetAsync("/workspaces/current/members")).GetProperty("members").EnumerateArray());
        Assert.Equal((await _server.GetAsync("/me/ls_user_id")).GetString(), member.GetProperty("ls_user_id").GetString());
    }

    [Fact]
    [Proves("POST /api/v1/workspaces/current/members", "PATCH /api/v1/workspaces/current/members/{identity_id}",
        "DELETE /api/v1/workspaces/current/members/{identity_id}")]
    public async Task Member_Entered_IsListedOnceUntilRemoved()
    {
        var user = Uuid7.NewGuid();
        var member = await _server.PostAsync("/workspaces/current/members", new { user_id = user, read_only = true });
        var id = member.GetProperty("id").GetGuid();
        Assert.Equal((user, true), (member.GetProperty("user_id").GetGuid(), member.GetProperty("read_only").GetBoolean()));
        Assert.Equal(id, (await _server.PostAsync("/workspaces/current/members", new { ls_user_id = user })).GetProperty("id").GetGuid());

        var changed = await _server.SendAsync(HttpMethod.Patch, $"/workspaces/current/members/{id}", new { read_only = false, role_id = user });
        Assert.Equal((false, user), (changed.GetProperty("read_only").GetBoolean(), changed.GetProperty("role_id").GetGuid()));
        Assert.Single((await ListAsync()).EnumerateArray(), m => m.GetProperty("id").GetGuid() == id);
        await _server.SendAsync(HttpMethod.Delete, $"/workspaces/current/members/{id}", null);
        Assert.Single((await ListAsync()).EnumerateArray());
        await _server.SendAsync(HttpMethod.Delete, $"/workspaces/current/members/{id}", null, HttpStatusCode.NotFound);
        var problem = await _server.PostAsync("/workspaces/current/members", new { read_only = true }, HttpStatusCode.UnprocessableEntity);
        Assert.Contains("'user_id'", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);

        async Task<JsonElement> ListAsync() => (await _server.GetAsync("/workspaces/current/members")).GetProperty("members");
    }

    [Fact]
    [Proves("GET /api/v1/workspaces/current/shared", "DELETE /api/v1/workspaces/current/shared")]
    public async Task Shared_ListsAndTakesBackEverything()
    {
        var run = await _server.CreateRunAsync();
        var other = await _server.CreateRunAsync();
        var dataset = (await _server.PostAsync("/datasets", new { name = "d" })).GetProperty("id").GetGuid();
        var token = (await _server.SendAsync(HttpMethod.Put, $"/runs/{run}/share", new { run_id = run })).GetProperty("share_token").GetGuid();
        await _server.SendAsync(HttpMethod.Put, $"/runs/{other}/share", new { run_id = other });
        await _server.SendAsync(HttpMethod.Put, $"/datasets/{dataset}/share", new { dataset_id = dataset });

        var entries = await SharedAsync();
        Assert.Equal(3, entries.Count);
        var entry = entries.Single(e => e.GetProperty("share_token").GetGuid() == token);
        Assert.Equal(("run", run, "tests"), (entry.GetProperty("type").GetString(), entry.GetProperty("run_id").GetGuid(), entry.GetProperty("session_name").GetString()));

        await _server.SendAsync(HttpMethod.Delete, "/workspaces/current/shared", new { share_tokens = new[] { token } });
        Assert.Equal(2, (await SharedAsync()).Count);
        await _server.GetAsync($"/public/{token}/run", HttpStatusCode.NotFound);
        await _server.SendAsync(HttpMethod.Delete, "/workspaces/current/shared", new { }, HttpStatusCode.UnprocessableEntity);
        await _server.SendAsync(HttpMethod.Delete, "/workspaces/current/shared", new { unshare_all = true });
        Assert.Empty(await SharedAsync());
    }

    [Fact]
    [Proves("GET /api/v1/me/ls_user_id", "GET /api/v1/orgs", "GET /api/v1/orgs/current", "GET /api/v1/orgs/current/info")]
    public async Task Organization_IsOneAndTheSameEverywhere()
    {
        var current = await _server.GetAsync("/orgs/current");
        Assert.Equal(current.GetRawText(), (await _server.GetAsync("/orgs/current/info")).GetRawText());
        Assert.Equal(current.GetRawText(), Assert.Single((await _server.GetAsync("/orgs")).EnumerateArray()).GetRawText());
        var user = (await _server.GetAsync("/me/ls_user_id")).GetString();
        var workspace = Assert.Single((await _server.GetAsync("/workspaces")).EnumerateArray(), each => each.GetProperty("id").GetString() == user);
        Assert.Equal(current.GetProperty("id").GetString(), workspace.GetProperty("organization_id").GetString());
    }

    [Fact]
    [Proves("GET /api/v1/workspaces/current/secrets", "POST /api/v1/workspaces/current/secrets")]
    public async Task Secrets_AreRefusedAndNeverKept()
    {
        Assert.Empty((await _server.GetAsync("/workspaces/current/secrets")).EnumerateArray());
        var problem = await _server.PostAsync("/workspaces/current/secrets", """[{"key":"OPENAI_API_KEY","value":"s3cret"}]""", HttpStatusCode.NotImplemented);
        Assert.DoesNotContain("s3cret", problem.GetRawText(), StringComparison.Ordinal);
        Assert.Empty((await _server.GetAsync("/workspaces/current/secrets")).EnumerateArray());
        await _server.PostAsync("/workspaces/current/secrets", """[{"key":"OPENAI_API_KEY","value":null}]""");
        await _server.PostAsync("/workspaces/current/secrets", "{}", HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    [Proves("POST /api/v1/login")]
    public async Task Login_WithTheKeyAsPassword_GivesATokenThatWorks()
    {
        await using var guarded = await TestServer.StartAsync(options => options with { ApiKey = "lsv2_key" });
        await guarded.PostAsync("/api/v1/login", new { }, HttpStatusCode.Unauthorized);
        using var login = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/login", UriKind.Relative));
        login.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("anybody:lsv2_key")));
        using var answer = await guarded.Http.SendAsync(login, TestServer.Cancellation);
        var token = JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestServer.Cancellation)).GetProperty("access_token").GetString();
        guarded.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await guarded.GetAsync("/sessions");
    }

    [Fact]
    [Proves("POST /api/v1/sessions/{session_id}/dashboard")]
    public async Task Dashboard_OfAProject_ChartsItsTraces()
    {
        foreach (var second in (int[])[3, 3])
        {
            await _server.CreateRunAsync(run => run["end_time"] = $"2026-11-24T12:00:0{second}Z", Uuid7.NewGuid());
        }

        var project = (await _server.GetAsync("/sessions?name=tests"))[0].GetProperty("id").GetString();
        var body = new { start_time = "2026-11-24T00:00:00Z", end_time = "2026-11-25T00:00:00Z", stride = new { hours = 1 } };
        var charts = (await _server.PostAsync($"/sessions/{project}/dashboard", body)).GetProperty("charts").EnumerateArray().ToList();
        var traces = Assert.Single(charts.Single(c => c.GetProperty("title").GetString() == "Traces").GetProperty("data").EnumerateArray());
        Assert.Equal((2, "2026-11-24T12:00:00.000000Z"), (traces.GetProperty("value").GetInt32(), traces.GetProperty("timestamp").GetString()));
        var slowest = charts.Single(c => c.GetProperty("title").GetString() == "Latency").GetProperty("data").EnumerateArray()
            .Single(point => point.GetProperty("series_id").GetString() == "latency_p99");
        Assert.InRange(slowest.GetProperty("value").GetDouble(), 2.97, 3.03);
        var tooMany = new { start_time = "2020-01-01T00:00:00Z", end_time = "2026-11-25T00:00:00Z", stride = new { minutes = 1 } };
        await _server.PostAsync($"/sessions/{project}/dashboard", tooMany, HttpStatusCode.UnprocessableEntity);
    }

    private async Task<IReadOnlyList<JsonElement>> SharedAsync() =>
        [.. (await _server.GetAsync("/workspaces/current/shared")).GetProperty("entities").EnumerateArray()];
}
