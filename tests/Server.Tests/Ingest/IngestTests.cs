using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith;
using Server.Tests.Support;

namespace Server.Tests.Ingest;

/// <summary>What clients send wrong, late, twice or oddly.</summary>
public sealed class IngestTests(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [Proves("POST /api/v1/runs")]
    [InlineData("/runs")]
    [InlineData("/api/runs")]
    [InlineData("/v1/runs")]
    [InlineData("/api/v1/runs")]
    [InlineData("/api/v1/api/v1/runs/")]
    public async Task Post_AtEveryMountPoint_IsReadable(string path)
    {
        var id = Uuid7.NewGuid();
        await server.PostAsync(path, TestServer.NewRun(id).ToJsonString(), HttpStatusCode.Accepted);
        Assert.Equal("run", (await server.GetAsync($"{path.TrimEnd('/')}/{id:N}?")).GetProperty("name").GetString());
    }

    [Fact]
    [Proves("POST /api/v1/runs/batch")]
    public async Task Batch_WithBadRuns_StoresTheGoodAndNamesTheBad()
    {
        Guid[] good = [Uuid7.NewGuid(), Uuid7.NewGuid()];
        var badId = TestServer.NewRun(Uuid7.NewGuid());
        badId["id"] = "my-order-42";
        var badType = TestServer.NewRun(Uuid7.NewGuid());
        badType["run_type"] = "banana";
        var body = new JsonObject { ["post"] = new JsonArray(TestServer.NewRun(good[0]), badId, badType, 7, TestServer.NewRun(good[1])) };

        var problem = await server.PostAsync("/runs/batch", body.ToJsonString(), HttpStatusCode.UnprocessableEntity);

        var refused = problem.GetProperty("refused").EnumerateArray()
            .ToDictionary(r => r.GetProperty("where").GetString()!, r => r.GetProperty("reason").GetString()!);
        Assert.Equal(["post[1]", "post[2]", "post[3]"], refused.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("my-order-42", refused["post[1]"], StringComparison.Ordinal);
        Assert.Contains("banana", refused["post[2]"], StringComparison.Ordinal);
        Assert.Contains("retriever", refused["post[2]"], StringComparison.Ordinal);
        Assert.Equal(2, problem.GetProperty("accepted").GetInt32());
        foreach (var id in good)
        {
            Assert.Equal("pending", (await server.GetAsync($"/runs/{id}")).GetProperty("status").GetString());
        }
    }

    [Fact]
    [Proves("PATCH /api/v1/runs/{run_id}")]
    public async Task Patch_BeforePost_IsOneRunWithBoth()
    {
        var id = Uuid7.NewGuid();
        await server.SendAsync(
            HttpMethod.Patch, $"/runs/{id}", new { end_time = "2026-11-24T12:00:05Z", outputs = new { answer = 42 } }, HttpStatusCode.Accepted);
        Assert.Equal(42, (await server.GetAsync($"/runs/{id}")).GetProperty("outputs").GetProperty("answer").GetInt32());

        await server.CreateRunAsync(id: id);

        var run = await server.GetAsync($"/runs/{id}");
        Assert.Equal("success", run.GetProperty("status").GetString());
        Assert.Equal(42, run.GetProperty("outputs").GetProperty("answer").GetInt32());
        Assert.Equal("why", run.GetProperty("inputs").GetProperty("question").GetString());
    }

    [Fact]
    public async Task Patch_WithNulls_ClearsNothing()
    {
        var id = await server.CreateRunAsync(run => run["tags"] = new JsonArray("a"));
        const string Patch = """{"name":null,"tags":null,"inputs":null,"extra":null,"end_time":"2026-11-24T12:00:01Z"}""";
        await server.SendAsync(HttpMethod.Patch, $"/runs/{id}", Patch, HttpStatusCode.Accepted);

        var run = await server.GetAsync($"/runs/{id}");
        Assert.Equal("run", run.GetProperty("name").GetString());
        Assert.Equal("a", run.GetProperty("tags")[0].GetString());
        Assert.Equal("why", run.GetProperty("inputs").GetProperty("question").GetString());
    }

    [Fact]
    public async Task Post_WithoutPlace_DerivesItFromTheParent()
    {
        var root = await server.CreateRunAsync();
        var child = Uuid7.NewGuid();
        var start = new DateTimeOffset(2026, 11, 24, 12, 0, 0, 500, TimeSpan.Zero).ToUnixTimeMilliseconds();
        await server.PostAsync(
            "/runs", new { id = child, name = "child", run_type = "TOOL", start_time = start, parent_run_id = root }, HttpStatusCode.Accepted);

        var run = await server.GetAsync($"/runs/{child}");
        Assert.Equal(root, run.GetProperty("trace_id").GetGuid());
        Assert.Equal($"20261124T120000000000Z{root}.20261124T120000500000Z{child}", run.GetProperty("dotted_order").GetString());
        Assert.Equal("tool", run.GetProperty("run_type").GetString());
        Assert.Equal([root], run.GetProperty("parent_run_ids").EnumerateArray().Select(p => p.GetGuid()));
    }

    [Fact]
    public async Task Post_WithoutAnId_SaysWhichItGot()
    {
        var answer = await server.PostAsync("/runs", """{"name":"nameless","run_type":"chain","inputs":{}}""", HttpStatusCode.Accepted);

        var run = await server.GetAsync($"/runs/{answer.GetProperty("id").GetGuid()}");
        Assert.Equal("nameless", run.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Post_ToAnUnknownProjectId_IsRefusedWithTheRemedy()
    {
        var run = TestServer.NewRun(Uuid7.NewGuid());
        run["session_id"] = Uuid7.NewGuid().ToString();
        var problem = await server.PostAsync("/runs", run.ToJsonString(), HttpStatusCode.UnprocessableEntity);
        Assert.Contains("session_name", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-24T12:00:00", "2026-11-24T12:00:00.000000Z")]
    [InlineData("2026-11-24T13:00:00.123456+01:00", "2026-11-24T12:00:00.123456Z")]
    [InlineData("2026-11-24T12:00:00.123456789Z", "2026-11-24T12:00:00.123456Z")]
    public async Task StartTime_InAnyForm_ReadsAsUtcWithZone(string given, string read)
    {
        var id = await server.CreateRunAsync(run => run["start_time"] = given);
        Assert.Equal(read, (await server.GetAsync($"/runs/{id}")).GetProperty("start_time").GetString());
    }

    [Fact]
    public async Task Payloads_ComeBackAsSent_WhateverTheyHold()
    {
        // Order of keys, big integers, exponents, escapes, NUL: none is the server's business. Half a surrogate pair is no character.
        const string Inputs = """{"z":1,"a":12345678901234567890123,"e":1e400,"text":"\u0000 \ud83d\ude00 \\ud800 \u00e9","cut":"\ud800","deep":[[[[{}]]]]}""";
        var id = Uuid7.NewGuid();
        var body = TestServer.NewRun(id).ToJsonString().Replace("""{"question":"why"}""", Inputs, StringComparison.Ordinal);
        await server.PostAsync("/runs", body, HttpStatusCode.Accepted);

        Assert.Equal(Inputs.Replace("\"\\ud800\"", "\"\\ufffd\"", StringComparison.Ordinal), (await server.GetAsync($"/runs/{id}")).GetProperty("inputs").GetRawText());
    }

    [Fact]
    public async Task Payload_WithNaN_IsTaken()
    {
        var id = Uuid7.NewGuid();
        var body = TestServer.NewRun(id).ToJsonString().Replace("\"why\"", "NaN", StringComparison.Ordinal);
        await server.PostAsync("/runs", body, HttpStatusCode.Accepted);
        Assert.Equal(JsonValueKind.Null, (await server.GetAsync($"/runs/{id}")).GetProperty("inputs").GetProperty("question").ValueKind);
    }

    [Theory]
    [InlineData("/runs/batch", "not json", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("/runs/batch", "[]", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("/runs/multipart", "{}", "application/json", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/runs/multipart", "--x\r\nbroken", "multipart/form-data; boundary=x", HttpStatusCode.BadRequest)]
    [InlineData("/runs/multipart", "", "multipart/form-data; boundary=x", HttpStatusCode.BadRequest)]
    public async Task Body_ThatCannotBeRead_IsAProblemInBothForms(string path, string body, string type, HttpStatusCode expected)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await server.Http.PostAsync(new Uri(path, UriKind.Relative), content, TestServer.Cancellation);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestServer.Cancellation));
        Assert.Equal(problem.GetProperty("detail").GetString(), problem.GetProperty("error").GetString());
        Assert.Equal((int)expected, problem.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task UnknownContentEncoding_Is415()
    {
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        content.Headers.ContentEncoding.Add("snappy");
        using var response = await server.Http.PostAsync(new Uri("/runs/batch", UriKind.Relative), content, TestServer.Cancellation);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    [Proves("GET /api/v1/runs/{run_id}/identity")]
    public async Task Identity_OfAResentRun_CountsTheResend()
    {
        var run = TestServer.NewRun(Uuid7.NewGuid()).ToJsonString();
        for (var time = 0; time < 3; time++)
        {
            await server.PostAsync("/runs", run, HttpStatusCode.Accepted);
        }

        var report = await server.GetAsync($"/runs/{(string)JsonNode.Parse(run)!["id"]!}/identity");
        Assert.Equal(2, report.GetProperty("resends").GetInt32());
        Assert.Single(report.GetProperty("writes").EnumerateArray());
        Assert.Empty(report.GetProperty("overwritten").EnumerateArray());
    }

    [Fact]
    public async Task Restart_KeepsRunsFeedbackAndAttachmentLinks()
    {
        await using var own = await TestServer.StartAsync();
        var id = await own.CreateRunAsync(run => run["attachments"] = JsonNode.Parse("""{"a":["text/plain","aGVsbG8="]}"""));
        var feedback = await own.PostAsync("/feedback", new { run_id = id, key = "k", score = true });
        var link = Link(await own.GetAsync($"/runs/{id}"));

        await own.RestartAsync();

        Assert.True((await own.GetAsync($"/feedback/{feedback.GetProperty("id").GetString()}")).GetProperty("score").GetBoolean());
        Assert.Equal("run", (await own.GetAsync($"/runs/{id}")).GetProperty("name").GetString());
        Assert.Equal("hello", await own.Http.GetStringAsync(new Uri(new Uri(link).PathAndQuery, UriKind.Relative), TestServer.Cancellation));

        static string Link(JsonElement run) => run.GetProperty("s3_urls").GetProperty("attachment.a").GetProperty("presigned_url").GetString()!;
    }
}
