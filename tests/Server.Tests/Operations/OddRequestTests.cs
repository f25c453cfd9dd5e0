using System.Net;
using System.Text;
using LangSmith;
using Server.Tests.Support;

namespace Server.Tests.Operations;

/// <summary>Requests that no client of ours sends: refused by their own fault, and what others read stays readable.</summary>
public sealed class OddRequestTests(TestServer shared) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await shared.AddWorkspaceAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("POST", "/api/v1/runs/0193a000-0000-7000-8000-000000000001", "GET, PATCH")]
    [InlineData("PUT", "/sessions", "DELETE, GET, POST")]
    [InlineData("OPTIONS", "/v2/threads/query", "POST")]
    public async Task Method_ThatAnOperationHasNot_IsRefusedWithThoseThatItHas(string method, string path, string allowed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        using var response = await _server.Http.SendAsync(request, TestServer.Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
    }

    [Fact]
    public async Task Head_OfWhatCanBeRead_IsTheAnswerWithoutItsBody()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri("/info", UriKind.Relative));
        using var response = await _server.Http.SendAsync(request, TestServer.Cancellation);

        Assert.Equal((HttpStatusCode.OK, "application/json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestServer.Cancellation));
    }

    [Fact]
    public async Task Cursor_OfAnyText_IsRefused()
    {
        foreach (var cursor in (string[])["abc", "[{}]", "****************"])
        {
            await _server.PostAsync("/runs/query", new { cursor }, HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task Properties_OfOtherKinds_DoNotSpoilTheList()
    {
        await _server.PostAsync("/repos", new { repo_handle = "spoilt", is_public = false });
        await _server.SendAsync(HttpMethod.Patch, "/repos/-/spoilt", new { tags = "one", is_public = "true", description = 5 });
        var repository = (await _server.GetAsync("/repos?is_public=true&is_archived=allow&tags=one&query=5")).GetProperty("repos")[0];
        Assert.Equal("5", repository.GetProperty("description").GetString());
        Assert.Equal(1, (await _server.GetAsync("/repos/tags")).GetProperty("tags").GetArrayLength());
        await _server.SendAsync(HttpMethod.Patch, "/repos/-/spoilt", new { is_archived = "perhaps" }, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(0, (await _server.GetAsync("/repos?has_commits=true")).GetProperty("total").GetInt32());

        await _server.PostAsync("/datasets", new { name = "d", metadata = "text" }, HttpStatusCode.UnprocessableEntity);
        await _server.PostAsync("/annotation-queues", new { name = "q", queue_type = "triple" }, HttpStatusCode.UnprocessableEntity);
        await _server.PostAsync("/feedback-configs", new { feedback_key = "k", feedback_config = "x" }, HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Workspace_RenamedToAnothersName_IsAConflict()
    {
        var names = new[] { $"{Uuid7.NewGuid()}", $"{Uuid7.NewGuid()}" };
        await shared.PostAsync("/workspaces", new { display_name = names[0] });
        var second = (await shared.PostAsync("/workspaces", new { display_name = names[1] })).GetProperty("id").GetGuid();

        await shared.SendAsync(HttpMethod.Patch, $"/workspaces/{second}", new { display_name = names[0] }, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Token_WithOddTimesAndFeedback_IsRefused()
    {
        var run = Uuid7.NewGuid();
        foreach (var wish in (object[])[new { expires_in = new { hours = int.MaxValue } }, new { expires_in = new { days = int.MaxValue } }])
        {
            var body = System.Text.Json.JsonSerializer.SerializeToNode(wish)!.AsObject();
            body["run_id"] = run.ToString();
            body["feedback_key"] = "k";
            await _server.PostAsync("/feedback/tokens", body, HttpStatusCode.UnprocessableEntity);
        }

        await _server.PostAsync("/feedback/tokens", new { run_id = run, feedback_key = "k", expires_at = "9999-12-31T23:59:59Z" }, HttpStatusCode.UnprocessableEntity);
        var token = (await _server.PostAsync("/feedback/tokens", new { run_id = run, feedback_key = "k" })).GetProperty("id").GetGuid();
        await _server.PostAsync($"/feedback/tokens/{token}", new { score = "very" }, HttpStatusCode.UnprocessableEntity);
        using var content = new StringContent("""{"value":{"a":1,"a":2}}""", Encoding.UTF8, "application/json");
        using var response = await _server.Http.PostAsync(new Uri($"/feedback/tokens/{token}", UriKind.Relative), content, TestServer.Cancellation);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var given = await _server.PostAsync($"/feedback/tokens/{token}", new { score = 1, value = new { a = 1 }, metadata = new { from = "mail" } });
        Assert.Equal("mail", given.GetProperty("feedback_source").GetProperty("metadata").GetProperty("from").GetString());
        await _server.SendAsync(HttpMethod.Patch, $"/feedback/{given.GetProperty("id").GetGuid()}", new { score = "very" }, HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Queue_WithADeletedRun_GoesOnWithTheNext()
    {
        Guid[] runs = [Uuid7.NewGuid(), Uuid7.NewGuid(), Uuid7.NewGuid()];
        foreach (var id in runs)
        {
            await _server.PostAsync("/runs", new { id, name = "r", run_type = "chain", start_time = DateTimeOffset.UtcNow, inputs = new { } }, HttpStatusCode.Accepted);
        }

        var queue = (await _server.PostAsync("/annotation-queues", new { name = "q" })).GetProperty("id").GetGuid();
        await _server.PostAsync($"/annotation-queues/{queue}/runs", runs);
        await _server.PostAsync("/runs/delete", new { trace_ids = new[] { runs[0] } }, HttpStatusCode.Accepted);

        Assert.Equal(runs[1], (await _server.GetAsync($"/annotation-queues/{queue}/run/0")).GetProperty("id").GetGuid());
        Assert.Equal(2, (await _server.GetAsync($"/annotation-queues/{queue}/size")).GetProperty("size").GetInt32());
        Assert.Equal(1, (await _server.GetAsync($"/annotation-queues/{queue}/runs?limit=1")).GetArrayLength());
        Assert.Equal(2, (await _server.GetAsync("/annotation-queues?queue_type=single"))[0].GetProperty("total_runs").GetInt32());
        Assert.Equal(0, (await _server.GetAsync("/annotation-queues?queue_type=pairwise")).GetArrayLength());
    }
}
