using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith;
using LangSmith.Protocol;
using Server.Tests.Support;

namespace Server.Tests.Runs;

/// <summary>What the server says about runs beside what was sent.</summary>
public sealed class RunDetailTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Run_MadeIntoAnExample_SaysSo()
    {
        var run = await server.CreateRunAsync(id: Uuid7.NewGuid());
        Assert.False((await server.GetAsync($"/runs/{run}")).GetProperty("in_dataset").GetBoolean());
        var dataset = (await server.PostAsync("/datasets", new { name = $"{run}" })).GetProperty("id").GetString();
        await server.PostAsync("/examples", new { dataset_id = dataset, source_run_id = run, use_source_run_io = true });

        Assert.True((await server.GetAsync($"/runs/{run}")).GetProperty("in_dataset").GetBoolean());
        var listed = (await server.PostAsync("/runs/query", new { id = new[] { run }, select = new[] { "in_dataset" } })).GetProperty("runs")[0];
        Assert.True(listed.GetProperty("in_dataset").GetBoolean());
        Assert.True((await server.GetAsync($"/api/v2/runs/{run}?selects=IS_IN_DATASET")).GetProperty("is_in_dataset").GetBoolean());
    }

    [Fact]
    public async Task Run_SharedAndQueued_SaysSo()
    {
        var run = await server.CreateRunAsync(id: Uuid7.NewGuid());
        var before = await server.GetAsync($"/runs/{run}");
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (before.GetProperty("share_token").ValueKind, before.GetProperty("last_queued_at").ValueKind));
        var token = (await server.SendAsync(HttpMethod.Put, $"/runs/{run}/share", new { run_id = run })).GetProperty("share_token").GetString();
        foreach (var name in (string[])["a", "b"])
        {
            var queue = (await server.PostAsync("/annotation-queues", new { name = $"{run} {name}" })).GetProperty("id").GetString();
            await server.PostAsync($"/annotation-queues/{queue}/runs", new[] { run });
        }

        var read = await server.GetAsync($"/runs/{run}");
        Assert.Equal(token, read.GetProperty("share_token").GetString());
        Assert.True(read.GetProperty("last_queued_at").GetDateTimeOffset() > before.GetProperty("inserted_at").GetDateTimeOffset());
        var listed = (await server.PostAsync("/runs/query", new { id = new[] { run }, select = new[] { "share_token" } })).GetProperty("runs")[0];
        Assert.Equal(token, listed.GetProperty("share_token").GetString());
        var url = (await server.GetAsync($"/api/v2/runs/{run}?selects=SHARE_URL")).GetProperty("share_url").GetString();
        using var stranger = new HttpClient();
        stranger.DefaultRequestHeaders.Add("Accept", "text/html");
        Assert.Contains("why", await stranger.GetStringAsync(new Uri(url!), TestServer.Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AskedForItsTrace_HasWhatIsBelowAndTheSpanOfStarts()
    {
        var root = await server.CreateRunAsync(id: Uuid7.NewGuid());
        var path = DottedOrder.Print(s_start, root);
        var parent = root;
        var below = new List<Guid>();
        foreach (var second in (int[])[1, 2])
        {
            var above = parent;
            parent = await server.CreateRunAsync(run =>
            {
                var id = Guid.Parse((string)run["id"]!);
                (run["trace_id"], run["parent_run_id"], run["start_time"]) = ($"{root}", $"{above}", $"2026-11-24T12:00:0{second}Z");
                run["dotted_order"] = path = DottedOrder.Print(path, s_start.AddSeconds(second), id);
            }, Uuid7.NewGuid());
            below.Add(parent);
        }

        var body = new { id = new[] { root }, select = new[] { "child_run_ids", "direct_child_run_ids", "trace_min_max_start_time" } };
        var run = (await server.PostAsync("/runs/query", body)).GetProperty("runs")[0];
        Assert.Equal(below, run.GetProperty("child_run_ids").EnumerateArray().Select(id => id.GetGuid()));
        Assert.Equal(below[..1], run.GetProperty("direct_child_run_ids").EnumerateArray().Select(id => id.GetGuid()));
        Assert.Equal(s_start, run.GetProperty("trace_min_start_time").GetDateTimeOffset());
        Assert.Equal(s_start.AddSeconds(2), run.GetProperty("trace_max_start_time").GetDateTimeOffset());
        Assert.Equal(JsonValueKind.Null, (await server.GetAsync($"/runs/{root}")).GetProperty("child_run_ids").ValueKind);
    }

    [Fact]
    public async Task Root_OfStreamingModels_HasTheEarliestFirstToken()
    {
        var root = await server.CreateRunAsync(id: Uuid7.NewGuid());
        var path = DottedOrder.Print(s_start, root);
        foreach (var second in (int[])[3, 2])
        {
            await server.CreateRunAsync(run =>
            {
                var id = Guid.Parse((string)run["id"]!);
                (run["run_type"], run["trace_id"], run["parent_run_id"]) = ("llm", $"{root}", $"{root}");
                run["dotted_order"] = DottedOrder.Print(path, s_start.AddSeconds(1), id);
                run["events"] = new JsonArray(new JsonObject { ["name"] = "new_token", ["time"] = $"2026-11-24T12:00:0{second}Z" });
            }, Uuid7.NewGuid());
        }

        Assert.StartsWith("2026-11-24T12:00:02", (await server.GetAsync($"/runs/{root}")).GetProperty("first_token_time").GetString(), StringComparison.Ordinal);
        var traces = await server.PostAsync("/api/v2/traces/query", new { trace_ids = new[] { root }, selects = new[] { "FIRST_TOKEN_TIME" } });
        var time = traces.GetProperty("items")[0].GetProperty("trace_aggregates").GetProperty("first_token_time").GetString();
        Assert.StartsWith("2026-11-24T12:00:02", time, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attachment_IsReadByItsLinkWithoutAKeyAndByNoOtherLink()
    {
        await using var guarded = await TestServer.StartAsync(options => options with { ApiKey = "root" });
        guarded.Http.DefaultRequestHeaders.Add("x-api-key", "root");
        var run = await guarded.CreateRunAsync(r => r["attachments"] = JsonNode.Parse("""{"note":["text/plain","aGVsbG8="]}"""));
        var file = (await guarded.GetAsync($"/runs/{run}")).GetProperty("s3_urls").GetProperty("attachment.note");
        var url = file.GetProperty("presigned_url").GetString()!;

        using var stranger = new HttpClient();
        Assert.Equal("hello", await stranger.GetStringAsync(new Uri(url), TestServer.Cancellation));
        using var forged = await stranger.GetAsync(new Uri($"{url[..^4]}AAAA"), TestServer.Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, forged.StatusCode);
    }
}
