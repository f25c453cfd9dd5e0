using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Server.Tests.Support;

namespace Server.Tests.Clients;

/// <summary>
/// What the official Go client sends, from its paths and types; no Go is needed. Its generated half speaks to <c>api/v1/…</c> and
/// <c>api/v2/…</c>, its exporter to <c>runs/multipart</c> and <c>runs/batch</c> below the endpoint as given.
/// </summary>
public sealed class GoClientTests(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData("/runs/multipart")]
    [InlineData("/api/v1/runs/multipart")]
    public async Task Exporter_SentAgain_LosesAndDoublesNothing(string path)
    {
        var run = TestServer.NewRun(LangSmith.Uuid7.NewGuid());
        run["end_time"] = "2026-11-24T12:00:01.500000Z";
        run["outputs"] = new JsonObject { ["answer"] = "because" };
        var id = Guid.Parse((string)run["id"]!);

        // A busy server in between, and the exporter sends the same body again.
        for (var time = 0; time < 2; time++)
        {
            using var form = new MultipartFormDataContent($"go-{time}");
            AddPart(form, $"post.{id}", Without(run, "inputs", "outputs"));
            AddPart(form, $"post.{id}.inputs", run["inputs"]!);
            AddPart(form, $"post.{id}.outputs", run["outputs"]!);
            using var response = await server.Http.PostAsync(new Uri(path, UriKind.Relative), form, TestServer.Cancellation);
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        }

        await server.PostAsync(path.Replace("multipart", "batch", StringComparison.Ordinal), new JsonObject { ["post"] = new JsonArray(run.DeepClone()) }, HttpStatusCode.Accepted);
        var read = await server.GetAsync($"/api/v1/runs/{id}");
        Assert.Equal((1, "success"), (read.GetProperty("attempts").GetInt32(), read.GetProperty("status").GetString()));
        Assert.Equal("because", read.GetProperty("outputs").GetProperty("answer").GetString());
        var found = await server.PostAsync("/api/v1/runs/query", new { trace = id });
        Assert.Single(found.GetProperty("runs").EnumerateArray());
    }

    [Fact]
    public async Task Client_WritesAndReads_WithWhatItsTypesRequire()
    {
        var run = TestServer.NewRun(LangSmith.Uuid7.NewGuid());
        run["session_name"] = "go";
        var id = Guid.Parse((string)run["id"]!);
        await server.PostAsync("/api/v1/runs", run, HttpStatusCode.Accepted);
        await server.SendAsync(HttpMethod.Patch, $"/api/v1/runs/{id}", new { end_time = "2026-11-24T12:00:01Z", outputs = new { answer = "because" } }, HttpStatusCode.Accepted);
        var given = await server.PostAsync("/api/v1/feedback", new { run_id = id, key = "k", score = 1, feedback_source = new { type = "api" } });

        TypedFields.AssertIn(given, TypedFields.Feedback);
        TypedFields.AssertIn(await server.GetAsync($"/api/v1/runs/{id}"), TypedFields.Run);
        var listed = await server.PostAsync("/api/v1/runs/query", new { id = new[] { id } });
        TypedFields.AssertIn(Assert.Single(listed.GetProperty("runs").EnumerateArray()), TypedFields.Run);
        TypedFields.AssertIn(listed, "runs:list cursors:object");
        TypedFields.AssertIn(Assert.Single((await server.GetAsync($"/api/v1/feedback?run={id}&limit=10")).EnumerateArray()), TypedFields.Feedback);
        var session = Assert.Single((await server.GetAsync("/api/v1/sessions?name=go&include_stats=true")).EnumerateArray());
        TypedFields.AssertIn(session, $"{TypedFields.Session} {TypedFields.SessionFigures}");
        var project = session.GetProperty("id").GetGuid();
        TypedFields.AssertIn(await server.PostAsync("/api/v1/runs/stats", new { session = new[] { project } }), TypedFields.Figures);

        var query = new { project_ids = new[] { project }, min_start_time = "2026-11-24T00:00:00Z", selects = new[] { "ID", "STATUS", "LATENCY_SECONDS" }, page_size = 10 };
        var second = await server.PostAsync("/api/v2/runs/query", query);
        TypedFields.AssertIn(second, "items:list next_cursor:text? has_more:flag");
        TypedFields.AssertIn(Assert.Single(second.GetProperty("items").EnumerateArray()), "id:id status:text latency_seconds:number");
    }

    private static void AddPart(MultipartFormDataContent form, string name, JsonNode json) =>
        form.Add(new StringContent(json.ToJsonString(), Encoding.UTF8, "application/json"), name);

    private static JsonObject Without(JsonObject run, params string[] fields)
    {
        var rest = (JsonObject)run.DeepClone();
        foreach (var field in fields)
        {
            rest.Remove(field);
        }

        return rest;
    }
}
