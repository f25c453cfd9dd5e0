using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LangSmith;
using LangSmith.Protocol;
using Server.Tests.Support;

namespace Server.Tests.Runs;

/// <summary>What the second version of the API promises besides its fields: windows, streams, and figures of threads.</summary>
public sealed class VersionTwoTests(TestServer shared) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await shared.AddWorkspaceAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Query_WithoutAWindow_LooksAtTheLastDayUnlessIdsAreGiven()
    {
        var today = await PostAsync(DateTimeOffset.UtcNow, "t");
        var old = await PostAsync(DateTimeOffset.UtcNow.AddDays(-3), "t");
        var project = await ProjectAsync();

        Assert.Equal([today], await IdsAsync("/v2/runs/query", new { project_ids = new[] { project } }));
        Assert.Equal([today, old], await IdsAsync("/v2/runs/query", new { project_ids = new[] { project }, min_start_time = DateTimeOffset.UtcNow.AddDays(-4) }));
        Assert.Equal([old], await IdsAsync("/v2/runs/query", new { ids = new[] { old } }));
        Assert.Equal([old], await IdsAsync("/v2/runs/query", new { trace_id = old }));
        Assert.Equal(1, (await _server.PostAsync("/v2/traces/query", new { project_id = project })).GetProperty("items").GetArrayLength());
        Assert.Equal(1, (await _server.PostAsync("/v2/traces/query", new { trace_ids = new[] { old } })).GetProperty("items").GetArrayLength());
        var thread = (await _server.PostAsync("/v2/threads/query", new { project_id = project })).GetProperty("items")[0];
        Assert.Equal(1, thread.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Query_OfEverythingOrOfTwoThings_IsRefused()
    {
        foreach (var body in (object[])[new { }, new { project_ids = new[] { Uuid7.NewGuid() }, reference_dataset_id = Uuid7.NewGuid() }])
        {
            await _server.PostAsync("/v2/runs/query", body, HttpStatusCode.BadRequest);
        }

        await _server.PostAsync("/v2/traces/query", new { }, HttpStatusCode.BadRequest);
        await _server.PostAsync("/v2/threads/query", new { }, HttpStatusCode.BadRequest);
        await PostAsync(DateTimeOffset.UtcNow, null);
        Assert.Empty(await IdsAsync("/v2/runs/query", new { reference_dataset_id = Uuid7.NewGuid() }));
        var problem = await _server.PostAsync(
            "/v2/runs/query", new { project_ids = new[] { await ProjectAsync() }, ai_query = "the slow ones" }, HttpStatusCode.NotImplemented);
        Assert.Contains("search(", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v2/runs/query", "project_ids")]
    [InlineData("/v2/traces/query", "project_id")]
    [InlineData("/v2/threads/query", "project_id")]
    public async Task Query_ForAStream_IsThePageAsOnePatch(string path, string parameter)
    {
        await PostAsync(DateTimeOffset.UtcNow, "t");
        var body = new Dictionary<string, object> { [parameter] = await ProjectAsync() };
        var page = await _server.PostAsync(path, body);

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body) };
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await _server.Http.SendAsync(request, TestServer.Cancellation);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var lines = (await response.Content.ReadAsStringAsync(TestServer.Cancellation)).Split('\n');
        Assert.Equal(["event: data", "event: end"], lines.Where(line => line.StartsWith("event:", StringComparison.Ordinal)));
        var patch = JsonElement.Parse(string.Concat(lines.Where(line => line.StartsWith("data: [", StringComparison.Ordinal)).Select(line => line[6..])))[0];
        Assert.Equal(("add", ""), (patch.GetProperty("op").GetString(), patch.GetProperty("path").GetString()));
        Assert.Equal(page.GetRawText(), patch.GetProperty("value").GetRawText());
    }

    [Fact]
    public async Task Turns_SelectWhatTheyAreAndWhereTheyStand()
    {
        Guid[] turns = [await PostAsync(DateTimeOffset.UtcNow.AddMinutes(-2), "t"), await PostAsync(DateTimeOffset.UtcNow.AddMinutes(-1), "t", "boom")];
        var path = $"/v2/threads/t/traces?project_id={await ProjectAsync()}";

        var items = (await _server.GetAsync($"{path}&selects=TURN_NUMBER&selects=OP&filter=neq(error,null)")).GetProperty("items");
        Assert.Equal($$"""[{"trace_id":"{{turns[1]}}","op":null,"turn_number":2}]""", items.GetRawText());
        Assert.Equal(0, (await _server.GetAsync($"{path}&tree_filter=eq(name,\"nobody\")")).GetProperty("items").GetArrayLength());
        await _server.GetAsync($"{path}&selects=COLOUR", HttpStatusCode.BadRequest);
    }

    [Fact]
    [Proves("POST /api/v2/threads/stats")]
    public async Task ThreadFigures_CountTurnsAndTheirFeedback()
    {
        var first = await PostAsync(DateTimeOffset.UtcNow, "t");
        await PostAsync(DateTimeOffset.UtcNow, "t", "boom");
        await PostAsync(DateTimeOffset.UtcNow, "other");
        await PostAsync(DateTimeOffset.UtcNow, null);
        await _server.PostAsync("/feedback", new { run_id = first, key = "good", score = 1 });
        var project = await ProjectAsync();
        await _server.PostAsync("/feedback", new { feedback_thread_id = "t", session_id = project, key = "whole", score = 0 });

        var stats = await _server.GetAsync($"/v2/threads/t/stats?session_id={project}&selects=TURNS&selects=FEEDBACK_STATS");
        Assert.Equal(2, stats.GetProperty("turns").GetInt32());
        Assert.Equal(["good", "whole"], stats.GetProperty("feedback_stats").EnumerateObject().Select(key => key.Name));
        await _server.GetAsync($"/v2/threads/t/stats?session_id={project}&selects=COLOUR", HttpStatusCode.BadRequest);
        var threads = (await _server.PostAsync("/v2/threads/query", new { project_id = project, trace_filter = "neq(error, null)" })).GetProperty("items");
        Assert.Equal("t", Assert.Single(threads.EnumerateArray()).GetProperty("thread_id").GetString());
        await _server.PostAsync("/v2/threads/query", new { project_id = project, thread_filter = "gt(count, 1)" }, HttpStatusCode.NotImplemented);

        var all = await _server.PostAsync(
            "/v2/threads/stats", new { project_id = project, select = new[] { "THREAD_COUNT", "TRACE_COUNT", "ERROR_RATE", "THREAD_FEEDBACK_STATS" } });
        Assert.Equal((2, 3), (all.GetProperty("thread_count").GetInt32(), all.GetProperty("trace_count").GetInt32()));
        Assert.Equal(1 / 3.0, all.GetProperty("error_rate").GetDouble(), 9);
        Assert.Equal(["whole"], all.GetProperty("thread_feedback_stats").EnumerateObject().Select(key => key.Name));
        var group = (await _server.PostAsync("/runs/group", new { session_id = project, group_by = "conversation", filter = "eq(thread_id, \"t\")" })).GetProperty("groups")[0];
        Assert.Equal(["good", "whole"], group.GetProperty("feedback_stats").EnumerateObject().Select(key => key.Name));
        var groups = await _server.PostAsync("/runs/group/stats", new { session_id = project, group_by = "conversation" });
        Assert.Equal(2, groups.GetProperty("group_count").GetInt32());
        var preview = await _server.GetAsync($"/runs/threads/t?session_id={project}");
        Assert.Equal(JsonValueKind.Object, preview.GetProperty("previews").ValueKind);
    }

    private async Task<Guid> PostAsync(DateTimeOffset start, string? thread, string? error = null)
    {
        var id = Uuid7.FromTime(start);
        await _server.PostAsync("/runs", new
        {
            id,
            name = "turn",
            run_type = "chain",
            start_time = start,
            end_time = start.AddSeconds(1),
            dotted_order = DottedOrder.Print(start, id),
            trace_id = id,
            session_name = "two",
            error,
            inputs = new { question = "why\nnot" },
            extra = new { metadata = new { thread_id = thread } },
        }, HttpStatusCode.Accepted);
        return id;
    }

    private async Task<Guid> ProjectAsync() => (await _server.GetAsync("/sessions?name=two"))[0].GetProperty("id").GetGuid();

    private async Task<Guid[]> IdsAsync(string path, object body) =>
        [.. (await _server.PostAsync(path, body)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];
}
