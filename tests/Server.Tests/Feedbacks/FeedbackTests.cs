using System.Net;
using System.Text.Json;
using LangSmith;
using Server.Tests.Support;

namespace Server.Tests.Feedbacks;

public sealed class FeedbackTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    [Proves("POST /api/v1/feedback", "POST /api/v1/feedback/eager", "GET /api/v1/feedback")]
    public async Task Create_BeforeAndAfterItsRun_IsOnIt()
    {
        var id = Uuid7.NewGuid();
        await server.PostAsync("/feedback", new { run_id = id, key = "early", score = true });
        await server.CreateRunAsync(id: id);
        var late = await server.PostAsync("/feedback/eager", new { run_id = id, key = "late", score = 0.5, value = "good", comment = "nice" });

        Assert.Equal(id, late.GetProperty("trace_id").GetGuid());
        Assert.Equal("api", late.GetProperty("feedback_source").GetProperty("type").GetString());
        var listed = await server.GetAsync($"/feedback?run={id}");
        Assert.Equal(["late", "early"], listed.EnumerateArray().Select(f => f.GetProperty("key").GetString()));
        Assert.Equal(JsonValueKind.True, listed[1].GetProperty("score").ValueKind);
        var stats = (await server.GetAsync($"/runs/{id}")).GetProperty("feedback_stats");
        Assert.Equal(1, stats.GetProperty("early").GetProperty("avg").GetDouble());
        Assert.Equal(1, stats.GetProperty("late").GetProperty("values").GetProperty("good").GetInt32());
        Assert.Single((await server.GetAsync($"/feedback?run={id}&key=late&has_comment=True&source=FeedbackSourceType.API")).EnumerateArray());
        Assert.Empty((await server.GetAsync($"/feedback?run={id}&has_score=false")).EnumerateArray());
    }

    [Fact]
    [Proves("GET /api/v1/feedback/{feedback_id}", "PATCH /api/v1/feedback/{feedback_id}", "DELETE /api/v1/feedback/{feedback_id}")]
    public async Task Patch_ChangesWhatIsThereAndNullClears()
    {
        var run = await server.CreateRunAsync();
        var id = Uuid7.NewGuid();
        await server.PostAsync("/feedback", new { id, run_id = run, key = "k", score = 1, comment = "first" });

        await server.SendAsync(HttpMethod.Patch, $"/feedback/{id}", """{"score":0.25}""");
        var changed = await server.GetAsync($"/feedback/{id}");
        Assert.Equal((0.25, "first"), (changed.GetProperty("score").GetDouble(), changed.GetProperty("comment").GetString()));

        await server.SendAsync(HttpMethod.Patch, $"/feedback/{id}", """{"comment":null}""");
        Assert.Equal(JsonValueKind.Null, (await server.GetAsync($"/feedback/{id}")).GetProperty("comment").ValueKind);

        await server.SendAsync(HttpMethod.Delete, $"/feedback/{id}", null);
        await server.GetAsync($"/feedback/{id}", HttpStatusCode.NotFound);
        await server.SendAsync(HttpMethod.Delete, $"/feedback/{id}", null, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"score":1}""", "key")]
    [InlineData("""{"key":"k","run_id":"nope"}""", "run_id")]
    [InlineData("""{"key":"k","score":"good"}""", "score")]
    [InlineData("[]", "object")]
    public async Task Create_OfSomethingElse_Is422AndSaysWhat(string body, string named)
    {
        var problem = await server.PostAsync("/feedback", body, HttpStatusCode.UnprocessableEntity);
        Assert.Contains(named, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("POST /api/v1/feedback/tokens", "GET /api/v1/feedback/tokens", "GET /api/v1/feedback/tokens/{token}", "POST /api/v1/feedback/tokens/{token}")]
    public async Task Token_LetsAnybodyGiveFeedbackUntilItExpires()
    {
        await using var guarded = await TestServer.StartAsync(options => options with { ApiKey = "secret" });
        guarded.Http.DefaultRequestHeaders.Add("x-api-key", "secret");
        var run = await guarded.CreateRunAsync();
        var tokens = await guarded.PostAsync("/feedback/tokens", new[]
        {
            new { run_id = run, feedback_key = "thumb", expires_in = new { hours = 1 } }, new { run_id = run, feedback_key = "late", expires_in = new { hours = 0 } },
        });
        var url = tokens[0].GetProperty("url").GetString()!;
        Assert.EndsWith(tokens[0].GetProperty("id").GetString()!, url, StringComparison.Ordinal);
        Assert.Equal(2, (await guarded.GetAsync($"/feedback/tokens?run_id={run}")).GetArrayLength());

        using var stranger = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync(new Uri($"{url}?score=1&comment=42"), TestServer.Cancellation)).StatusCode);
        using var body = new StringContent("""{"score":0,"metadata":{"page":"x"}}""");
        Assert.Equal(HttpStatusCode.OK, (await stranger.PostAsync(new Uri(url), body, TestServer.Cancellation)).StatusCode);
        var expired = await stranger.GetAsync(new Uri(tokens[1].GetProperty("url").GetString()!), TestServer.Cancellation);
        Assert.Equal(HttpStatusCode.Gone, expired.StatusCode);
        var unknown = await stranger.GetAsync(new Uri(guarded.Url, $"/feedback/tokens/{Guid.NewGuid()}"), TestServer.Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);

        var given = await guarded.GetAsync($"/feedback?run={run}");
        Assert.Equal([0, 1], given.EnumerateArray().Select(f => f.GetProperty("score").GetInt32()));
        Assert.Equal("42", given[1].GetProperty("comment").GetString());
        Assert.Equal("x", given[0].GetProperty("feedback_source").GetProperty("metadata").GetProperty("page").GetString());
    }

    [Fact]
    [Proves("POST /api/v1/feedback-configs", "GET /api/v1/feedback-configs", "PATCH /api/v1/feedback-configs", "DELETE /api/v1/feedback-configs")]
    public async Task Config_OfAKey_IsMadeOnceChangedAndDeleted()
    {
        var config = new { type = "continuous", min = 0, max = 1 };
        await server.PostAsync("/feedback-configs", new { feedback_key = "quality", feedback_config = config });
        await server.PostAsync("/feedback-configs", new { feedback_key = "quality", feedback_config = config, is_lower_score_better = true });
        await server.PostAsync("/feedback-configs", new { feedback_key = "quality", feedback_config = new { type = "freeform" } }, HttpStatusCode.Conflict);
        await server.SendAsync(HttpMethod.Patch, "/feedback-configs", new { feedback_key = "quality", is_lower_score_better = true });

        var listed = Assert.Single((await server.GetAsync("/feedback-configs?key=quality")).EnumerateArray());
        Assert.True(listed.GetProperty("is_lower_score_better").GetBoolean());
        Assert.Equal(1, listed.GetProperty("feedback_config").GetProperty("max").GetInt32());
        await server.SendAsync(HttpMethod.Delete, "/feedback-configs?feedback_key=quality", null, HttpStatusCode.NoContent);
        Assert.Empty((await server.GetAsync("/feedback-configs?key=quality")).EnumerateArray());
    }
}
