using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Server.Tests.Support;

namespace Server.Tests.Clients;

/// <summary>
/// What the official Java client sends, from its paths and types; no Java is needed. It takes its base as given and writes runs at the
/// root, everything else below <c>/api/v1</c>, <c>/v1/platform</c> or <c>/v2</c>: so people give it the bare host, and some do not.
/// </summary>
public sealed class JavaClientTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Client_OfTheBareHost_WritesAndReadsWithWhatItsTypesRequire()
    {
        TypedFields.AssertIn(await server.GetAsync("/info"), "version:text batch_ingest_config:object instance_flags:object");
        var runs = Enumerable.Range(0, 3).Select(_ => NewRun()).ToArray();
        // Its answers are maps: an empty body would not decode.
        Assert.Equal(JsonValueKind.Object, (await server.PostAsync("/runs", runs[0], HttpStatusCode.Accepted)).ValueKind);
        var batch = new JsonObject { ["post"] = new JsonArray(runs[1].DeepClone()), ["patch"] = new JsonArray() };
        Assert.Equal(JsonValueKind.Object, (await server.PostAsync("/runs/batch", batch, HttpStatusCode.Accepted)).ValueKind);
        using var form = new MultipartFormDataContent { { new StringContent(runs[2].ToJsonString(), Encoding.UTF8, "application/json"), $"post.{runs[2]["id"]}" } };
        using (var response = await server.Http.PostAsync(new Uri("/runs/multipart", UriKind.Relative), form, TestServer.Cancellation))
        {
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        }

        var id = Guid.Parse((string)runs[0]["id"]!);
        var given = await server.PostAsync("/api/v1/feedback", new { key = "k", run_id = id, score = true, comment = "c" });
        TypedFields.AssertIn(given, TypedFields.Feedback);
        TypedFields.AssertIn(Assert.Single((await server.GetAsync($"/api/v1/feedback?run={id}")).EnumerateArray()), TypedFields.Feedback);
        var session = Assert.Single((await server.GetAsync("/api/v1/sessions?name=java&include_stats=true")).EnumerateArray());
        TypedFields.AssertIn(session, $"{TypedFields.Session} {TypedFields.SessionFigures}");
        Assert.Equal(3, session.GetProperty("run_count").GetInt32());

        var query = new { project_ids = new[] { session.GetProperty("id").GetGuid() }, min_start_time = "2026-11-24T00:00:00Z", selects = new[] { "ID", "TOTAL_TOKENS", "TOTAL_COST", "START_TIME" } };
        var items = (await server.PostAsync("/v2/runs/query", query)).GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(runs.Select(run => Guid.Parse((string)run["id"]!)).Order(), items.Select(item => item.GetProperty("id").GetGuid()).Order());
        Assert.All(items, item => TypedFields.AssertIn(item, "id:id total_tokens:whole total_cost:number? start_time:time"));
    }

    [Theory]
    [InlineData("/api/v1/api/v1/sessions")]
    [InlineData("/api/v1/v2/runs/query")]
    public async Task Client_OfABaseWithItsPrefix_IsUnderstoodAllTheSame(string path)
    {
        using var response = await server.Http.PostAsync(new Uri(path, UriKind.Relative), new StringContent("nonsense", Encoding.UTF8, "application/json"), TestServer.Cancellation);

        // The operation is found and dislikes the body: were the path unknown, it would be 404.
        Assert.NotEqual(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static JsonObject NewRun()
    {
        var run = TestServer.NewRun(LangSmith.Uuid7.NewGuid());
        run["session_name"] = "java";
        run["end_time"] = "2026-11-24T12:00:02Z";
        run["outputs"] = new JsonObject { ["answer"] = "because" };
        run["extra"] = new JsonObject { ["metadata"] = new JsonObject { ["usage_metadata"] = new JsonObject { ["input_tokens"] = 3, ["output_tokens"] = 2, ["total_tokens"] = 5, ["total_cost"] = 0.001 } } };
        return run;
    }
}
