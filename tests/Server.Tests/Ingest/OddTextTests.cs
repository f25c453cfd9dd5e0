using System.Net;
using System.Text;
using System.Text.Json;
using LangSmith;
using LangSmith.Protocol;
using Server.Tests.Support;

namespace Server.Tests.Ingest;

/// <summary>Texts that are JSON and no Unicode, names that stand twice: a run that has them is stored, and whoever reads it gets it.</summary>
public sealed class OddTextTests(TestServer server) : IClassFixture<TestServer>
{
    // Half a pair as JavaScript cuts it, alone, doubled, the wrong way round; NUL; and a backslash that only looks like one.
    private const string Odd = """cut \ud83d lone \udc00 both \ud83d\ud83d turned \ude00\ud83d nul \u0000 plain \\ud800 end""";
    private const string Read = "cut \uFFFD lone \uFFFD both \uFFFD\uFFFD turned \uFFFD\uFFFD nul \uFFFD plain \\ud800 end";
    private const string OddName = """half\ud800name""";
    private const string ReadName = "half\uFFFDname";

    private static readonly DateTimeOffset s_start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Shapes => ["batch", "multipart", "single"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Ingest_OddTextsAmongGoodRuns_StoresAndReadsAll(string shape)
    {
        var project = $"odd-{shape}";
        var (good, odd) = (Uuid7.NewGuid(), Uuid7.NewGuid());
        await SendAsync(shape, [(good, Run(good, project, "good", "good")), (odd, Run(odd, project, Odd, OddName))]);
        // The second write of a run makes the server merge and compare what both say.
        var patch = $$"""{"id":"{{odd}}","extra":{"metadata":{"{{OddName}}":"{{Odd}} again","twice":1,"twice":2} },"end_time":"2026-11-24T12:00:02Z"}""";
        await server.PostAsync("/runs/batch", $$"""{"patch":[{{patch}}]}""", HttpStatusCode.Accepted);
        await server.PostAsync("/feedback", Feedback(odd));
        await server.PostAsync("/feedback", Feedback(good).Replace(Odd, "good", StringComparison.Ordinal));

        var run = await server.GetAsync($"/runs/{odd}");
        Assert.Equal(Read, run.GetProperty("name").GetString());
        Assert.Equal("success", run.GetProperty("status").GetString());
        Assert.Contains("\uFFFD lone", run.GetProperty("inputs").GetProperty(ReadName).GetString(), StringComparison.Ordinal);
        Assert.Equal(Read, run.GetProperty("tags")[0].GetString());
        Assert.Equal(2, run.GetProperty("extra").GetProperty("metadata").GetProperty("twice").GetInt32());
        var identity = await server.GetAsync($"/runs/{odd}/identity");
        Assert.Contains(identity.GetProperty("overwritten").EnumerateArray(), field => field.GetProperty("field").GetString()!.EndsWith(ReadName, StringComparison.Ordinal));
        await ReadEverywhereAsync(project, odd, good);
    }

    [Theory]
    [InlineData("/datasets", """{"name":"ODD","metadata":{"NAME":"ODD"}}""")]
    [InlineData("/sessions", """{"name":"ODD","extra":{"metadata":{"NAME":"ODD"}}}""")]
    [InlineData("/annotation-queues", """{"name":"ODD","description":"ODD","rubric_items":[{"feedback_key":"ODD"}]}""")]
    [InlineData("/repos", """{"repo_handle":"odd-prompt","description":"ODD","tags":["ODD"],"is_public":false}""")]
    [InlineData("/feedback-configs", """{"feedback_key":"ODD","feedback_config":{"type":"freeform","NAME":"ODD"}}""")]
    public async Task Create_OddTexts_ComeBackReadable(string path, string body)
    {
        body = body.Replace("ODD", Odd, StringComparison.Ordinal).Replace("NAME", OddName, StringComparison.Ordinal);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await server.Http.PostAsync(new Uri(path, UriKind.Relative), content, TestServer.Cancellation);
        var text = await response.Content.ReadAsStringAsync(TestServer.Cancellation);
        Assert.True(response.IsSuccessStatusCode, text);
        Assert.Contains("lone \uFFFD both", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Examples_OddTexts_AreExportedAsLines()
    {
        var dataset = (await server.PostAsync("/datasets", new { name = "odd-examples" })).GetProperty("id").GetString();
        await server.PostAsync("/examples", $$$"""{"dataset_id":"{{{dataset}}}","inputs":{"{{{OddName}}}":"{{{Odd}}}"},"metadata":{"{{{OddName}}}":"{{{Odd}}}"} }""");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(OddName.Replace("\\ud800", "\uFFFD", StringComparison.Ordinal)), "input_keys" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes($$"""{"{{OddName}}":"{{Odd}}"}""")), "file", "rows.jsonl" },
        };
        using var uploaded = await server.Http.PostAsync(new Uri($"/examples/upload/{dataset}", UriKind.Relative), form, TestServer.Cancellation);
        Assert.True(uploaded.IsSuccessStatusCode, await uploaded.Content.ReadAsStringAsync(TestServer.Cancellation));

        foreach (var format in (string[])["jsonl", "csv", "openai_ft"])
        {
            using var response = await server.Http.GetAsync(new Uri($"/datasets/{dataset}/{format}", UriKind.Relative), TestServer.Cancellation);
            Assert.True(response.StatusCode < HttpStatusCode.InternalServerError, format);
        }

        var examples = await server.GetAsync($"/examples?dataset={dataset}");
        Assert.Equal(2, examples.EnumerateArray().Count(e => e.GetProperty("inputs").GetProperty(ReadName).GetString()!.StartsWith("cut \uFFFD", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Spans_OddTextsInJsonWithinJson_AreStoredWithTheGood()
    {
        const string Start = "1764000000000000000";
        var escaped = JsonSerializer.Serialize($$"""[{"role":"user","content":"{{Odd}}","twice":1,"twice":2}]""");
        const string Project = """{"key":"langsmith.trace.session_name","value":{"stringValue":"odd-spans"} }""";
        string Span(string id, string attributes) =>
            $$"""{"traceId":"5b8efff798038103d269b633813fc60{{id}}","spanId":"eee19b7ec3c1b17{{id}}","name":"{{(id == "1" ? Odd : "good")}}","startTimeUnixNano":"{{Start}}","endTimeUnixNano":"{{Start}}","attributes":[{{Project}}{{attributes}}] }""";
        var odd = Span("1", $$$""",{"key":"gen_ai.input.messages","value":{"stringValue":{{{escaped}}} } },{"key":"{{{OddName}}}","value":{"stringValue":"{{{Odd}}}"} }""");
        await server.PostAsync("/otel/v1/traces", $$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{{Span("2", "")}},{{odd}}]}]}]}""");

        var project = (await server.GetAsync("/sessions?name=odd-spans"))[0].GetProperty("id").GetString();
        var runs = (await server.PostAsync("/runs/query", $$"""{"session":["{{project}}"],"select":["name","inputs","extra"]}""")).GetProperty("runs");
        Assert.Equal(2, runs.GetArrayLength());
        Assert.Contains(runs.EnumerateArray(), run => run.GetProperty("name").GetString()!.StartsWith("cut \uFFFD", StringComparison.Ordinal));
    }

    private async Task ReadEverywhereAsync(string project, Guid odd, Guid good)
    {
        var id = (await server.GetAsync($"/sessions?name={project}"))[0].GetProperty("id").GetString();
        var found = await server.PostAsync("/runs/query", $$"""{"session":["{{id}}"]}""");
        Assert.Equal(2, found.GetProperty("runs").GetArrayLength());
        foreach (var filter in (string[])[
            """search("lone")""", $"has(tags, {JsonSerializer.Serialize(Read)})", $"eq(name, {JsonSerializer.Serialize(Read)})", $$"""has(metadata, '{"twice": 2}')""",
            $$"""and(eq(metadata_key, "{{ReadName}}"), like(metadata_value, "cut %"))""", $$"""like(input_value, "cut %")""", """search("again")""",
            $$"""eq(feedback_key, "odd-key")"""])
        {
            var runs = await server.PostAsync("/runs/query", JsonSerializer.Serialize(new { session = new[] { id }, filter, select = new[] { "id" } }));
            Assert.Contains(runs.GetProperty("runs").EnumerateArray(), run => run.GetProperty("id").GetGuid() == odd);
        }

        await server.PostAsync("/runs/stats", $$"""{"session":["{{id}}"]}""");
        await server.PostAsync("/runs/stats", $$"""{"session":["{{id}}"],"group_by":{"attribute":"metadata","path":"{{OddName}}"} }""");
        await server.PostAsync("/runs/group", $$"""{"session_id":"{{id}}","group_by":"conversation"}""");
        await server.GetAsync($"/sessions/{id}/metadata");
        await server.GetAsync($"/sessions?include_stats=true&name={project}");
        var feedback = (await server.GetAsync($"/feedback?run={odd}&run={good}")).EnumerateArray().ToLookup(each => each.GetProperty("run_id").GetGuid());
        Assert.Contains(feedback[odd], each => each.GetProperty("comment").GetString() == Read);
        Assert.Contains(feedback[good], each => each.GetProperty("comment").GetString() == "good");
        var token = (await server.SendAsync(HttpMethod.Put, $"/runs/{odd}/share", $$"""{"run_id":"{{odd}}"}""")).GetProperty("share_token").GetString();
        await server.GetAsync($"/public/{token}/run");
        await server.GetAsync($"/public/{token}/feedbacks");
        foreach (var page in (string[])[
            "/", $"/p/{project}", $"/ui/rows?project={project}", $"/ui/suggest?project={project}&word=metadata", $"/r/{odd}", $"/r/{good}", $"/ui/r/{odd}",
            $"/ui/r/{odd}/json", $"/ui/trace/{odd}", $"/ui/trace/{odd}/search?q=lone", $"/p/{project}/threads", $"/p/{project}/dashboard",
            $"/compare?a={odd}&b={good}", $"/public/{token}/r", $"/ui/export?project={project}&format=csv", $"/ui/export?project={project}&format=jsonl",
            $"/ui/export?project={project}&format=parquet", $"/go?q={odd}"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(page, UriKind.Relative));
            request.Headers.Add("Accept", "text/html");
            using var response = await server.Http.SendAsync(request, TestServer.Cancellation);
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{page} answered {(int)response.StatusCode}.");
            Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync(TestServer.Cancellation));
        }
    }

    private async Task SendAsync(string shape, IReadOnlyList<(Guid Id, string Json)> runs)
    {
        switch (shape)
        {
            case "batch":
                await server.PostAsync("/runs/batch", $$"""{"post":[{{string.Join(',', runs.Select(run => run.Json))}}]}""", HttpStatusCode.Accepted);
                break;
            case "single":
                foreach (var (_, json) in runs)
                {
                    await server.PostAsync("/runs", json, HttpStatusCode.Accepted);
                }

                break;
            default:
                using (var form = new MultipartFormDataContent("boundary"))
                {
                    foreach (var (id, json) in runs)
                    {
                        AddPart(form, $"post.{id}", json);
                        AddPart(form, $"post.{id}.outputs", $$"""{"{{OddName}}":["{{Odd}}"]}""");
                        AddPart(form, $"feedback.{Uuid7.NewGuid()}", Feedback(id));
                    }

                    using var response = await server.Http.PostAsync(new Uri("/runs/multipart", UriKind.Relative), form, TestServer.Cancellation);
                    Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
                }

                break;
        }
    }

    private static void AddPart(MultipartFormDataContent form, string name, string json)
    {
        var content = new StringContent(json, Encoding.UTF8, "application/json");
        form.Add(content, name);
    }

    private static string Feedback(Guid run) =>
        $$$"""
        {"run_id":"{{{run}}}","trace_id":"{{{run}}}","key":"odd-key","score":1,"value":"{{{Odd}}}","comment":"{{{Odd}}}",
         "correction":{"{{{OddName}}}":"{{{Odd}}}"},"feedback_source":{"type":"api","type":"app","metadata":{"{{{OddName}}}":"{{{Odd}}}"} } }
        """;

    private static string Run(Guid id, string project, string text, string name) =>
        $$$"""
        {"id":"{{{id}}}","trace_id":"{{{id}}}","dotted_order":"{{{DottedOrder.Print(s_start, id)}}}","name":"{{{text}}}","run_type":"llm",
         "start_time":"2026-11-24T12:00:00Z","session_name":"{{{project}}}","tags":["{{{text}}}"],"error":null,
         "inputs":{"messages":[{"role":"{{{name}}}","content":"{{{text}}}"}],"{{{name}}}":"{{{text}}}","twice":1,"twice":2,"model":"{{{text}}}"},
         "outputs":{"choices":[{"message":{"role":"assistant","content":"{{{text}}}","{{{name}}}":null,
             "tool_calls":[{"id":"{{{text}}}","function":{"name":"{{{text}}}","arguments":{{{Arguments(name, text)}}} } }]} }],"{{{name}}}":{"usage_metadata":{"{{{name}}}":1} } },
         "extra":{"metadata":{"{{{name}}}":"{{{text}}}","session_id":"{{{text}}}","twice":0,"twice":1,"usage_metadata":{"input_tokens":1,"input_token_details":{"{{{name}}}":1} } },
                  "metadata":{"{{{name}}}":"{{{text}}}","session_id":"{{{text}}}","twice":0,"twice":1},
                  "invocation_params":{"{{{name}}}":"{{{text}}}","model":"{{{text}}}"},"{{{name}}}":1},
         "events":[{"name":"{{{text}}}","time":"2026-11-24T12:00:01Z","{{{name}}}":"{{{text}}}"}],
         "serialized":{"{{{name}}}":"{{{text}}}"},"{{{name}}}":"{{{text}}}"}
        """;

    /// <summary>JSON within JSON, as models write the arguments of a call.</summary>
    private static string Arguments(string name, string text) => JsonSerializer.Serialize($"{{\"{name}\":\"{text}\"}}");
}
