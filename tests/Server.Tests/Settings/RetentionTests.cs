using System.Net;
using LangSmith;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Server.Tests.Support;

namespace Server.Tests.Settings;

/// <summary>How long runs are kept, as told by the API and done by the store.</summary>
public sealed class RetentionTests
{
    private static readonly DateTimeOffset s_runs = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    [Proves("GET /api/v1/ttl-settings", "PUT /api/v1/ttl-settings")]
    public async Task Runs_AreKeptByProjectThenTierThenWorkspace()
    {
        var time = new FakeTimeProvider(s_runs);
        await using var server = await TestServer.StartAsync(options => options with
        {
            Time = time,
            Retention = new RetentionRules { Longlived = TimeSpan.FromDays(100), Shortlived = TimeSpan.FromDays(14) },
        });
        var own = await RunAsync(server, new { name = "own", retention_days = 3 });
        var shortlived = await RunAsync(server, new { name = "short", trace_tier = "shortlived" });
        var longlived = await RunAsync(server, new { name = "long", trace_tier = "longlived" });
        var plain = await RunAsync(server, new { name = "plain" });

        Assert.Equal([own, shortlived, longlived, plain], await LeftAsync(2));
        Assert.Equal([shortlived, longlived, plain], await LeftAsync(4));
        Assert.Equal([longlived, plain], await LeftAsync(15));

        var settings = Assert.Single((await server.GetAsync("/ttl-settings")).EnumerateArray());
        Assert.Equal(("longlived", 100), (settings.GetProperty("default_trace_tier").GetString(), settings.GetProperty("longlived_ttl_days").GetInt32()));
        await server.SendAsync(HttpMethod.Put, "/ttl-settings", new { default_trace_tier = "shortlived" });
        Assert.Equal([longlived], await LeftAsync(15));
        await server.SendAsync(HttpMethod.Put, "/ttl-settings", new { default_trace_tier = "shortlived", apply_to_all_projects = true });
        Assert.Empty(await LeftAsync(15));
        await server.SendAsync(HttpMethod.Put, "/ttl-settings", new { default_trace_tier = "eternal" }, HttpStatusCode.UnprocessableEntity);

        async Task<Guid[]> LeftAsync(int days)
        {
            time.SetUtcNow(s_runs.AddDays(days));
            await server.Services.GetRequiredService<SqliteStore>().HousekeepAsync(TestServer.Cancellation);
            var page = await server.PostAsync("/runs/query", new { order = "asc" });
            Guid[] left = [.. page.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("id").GetGuid())];
            return [.. new[] { own, shortlived, longlived, plain }.Where(left.Contains)];
        }
    }

    [Fact]
    public async Task Retention_OfAProject_IsShownClearedAndSurvivesARestart()
    {
        await using var server = await TestServer.StartAsync();
        var id = (await server.PostAsync("/sessions", new { name = "p", retention_days = 7 })).GetProperty("id").GetString();
        await server.SendAsync(HttpMethod.Put, "/ttl-settings", new { default_trace_tier = "shortlived" });
        await server.RestartAsync();
        Assert.Equal(7, (await server.GetAsync($"/sessions/{id}")).GetProperty("retention_days").GetInt32());
        Assert.Equal("shortlived", (await server.GetAsync("/ttl-settings"))[0].GetProperty("default_trace_tier").GetString());
        Assert.Equal("shortlived", server.Services.GetRequiredService<RetentionRules>().DefaultTier(WorkspaceId.Default));
        await server.SendAsync(HttpMethod.Patch, $"/sessions/{id}", new { retention_days = 0 });
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await server.GetAsync($"/sessions/{id}")).GetProperty("retention_days").ValueKind);
        await server.SendAsync(HttpMethod.Patch, $"/sessions/{id}", new { retention_days = -1 }, HttpStatusCode.UnprocessableEntity);
        await server.SendAsync(HttpMethod.Patch, $"/sessions/{id}", new { trace_tier = "eternal" }, HttpStatusCode.UnprocessableEntity);
    }

    private static async Task<Guid> RunAsync(TestServer server, object project)
    {
        var id = (await server.PostAsync("/sessions", project)).GetProperty("id").GetString();
        return await server.CreateRunAsync(run => (run["session_id"], run["session_name"]) = (id, null), Uuid7.NewGuid());
    }
}
