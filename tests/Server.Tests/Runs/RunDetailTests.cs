using System.Net;
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
