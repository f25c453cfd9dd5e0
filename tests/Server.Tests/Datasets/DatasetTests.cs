using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith;
using Server.Tests.Support;

namespace Server.Tests.Datasets;

public sealed class DatasetTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly string _name = $"dataset {Uuid7.NewGuid():N}";

    [Fact]
    [Proves("POST /api/v1/datasets", "GET /api/v1/datasets", "GET /api/v1/datasets/{dataset_id}", "PATCH /api/v1/datasets/{dataset_id}",
        "DELETE /api/v1/datasets/{dataset_id}", "DELETE /api/v1/datasets")]
    public async Task Dataset_WholeLife_IsAsClientsExpect()
    {
        var id = await CreateAsync();
        await server.PostAsync("/datasets", new { name = _name }, HttpStatusCode.Conflict);
        await server.PostAsync("/datasets", new { name = "x", data_type = "video" }, HttpStatusCode.UnprocessableEntity);
        await server.SendAsync(HttpMethod.Patch, $"/datasets/{id}", new { description = "d", metadata = new { team = "a" } });

        var dataset = Assert.Single((await server.GetAsync($"/datasets?name={Uri.EscapeDataString(_name)}&metadata={Uri.EscapeDataString("""{"team":"a"}""")}")).EnumerateArray());
        Assert.Equal((id, "d", "kv", 0), (dataset.GetProperty("id").GetGuid(), Text(dataset, "description"), Text(dataset, "data_type"), dataset.GetProperty("example_count").GetInt32()));
        Assert.Empty((await server.GetAsync($"/datasets?id={id}&data_type=chat")).EnumerateArray());
        await server.PostAsync("/examples", new { dataset_id = id, inputs = new { q = 1 } });
        Assert.Equal(1, (await server.GetAsync($"/datasets/{id}")).GetProperty("example_count").GetInt32());

        await server.SendAsync(HttpMethod.Delete, $"/datasets/{id}", null);
        await server.GetAsync($"/datasets/{id}", HttpStatusCode.NotFound);
        await server.GetAsync($"/examples?dataset={id}", HttpStatusCode.NotFound);
    }

    [Fact]
    [Proves("POST /api/v1/examples", "GET /api/v1/examples", "GET /api/v1/examples/{example_id}", "PATCH /api/v1/examples/{example_id}",
        "DELETE /api/v1/examples/{example_id}", "DELETE /api/v1/examples", "GET /api/v1/examples/count", "POST /api/v1/examples/bulk",
        "PATCH /api/v1/examples/bulk", "POST /api/v1/platform/datasets/examples/delete", "GET /api/v1/datasets/{dataset_id}/versions",
        "GET /api/v1/datasets/{dataset_id}/version", "PUT /api/v1/datasets/{dataset_id}/tags", "GET /api/v1/datasets/{dataset_id}/versions/diff")]
    public async Task Examples_EveryChange_IsAVersionThatStaysReadable()
    {
        var dataset = await CreateAsync();
        var first = await ExampleAsync(dataset, "one");
        var second = await ExampleAsync(dataset, "two");
        await server.PostAsync($"/examples", new { id = first, dataset_id = dataset, inputs = new { q = "x" } }, HttpStatusCode.Conflict);
        var two = await VersionAsync(dataset);
        await server.SendAsync(HttpMethod.Put, $"/datasets/{dataset}/tags", new { as_of = two, tag = "prod" });

        await server.SendAsync(HttpMethod.Patch, $"/examples/{first}", new { outputs = new { a = "changed" }, metadata = new { n = 1 } });
        await server.SendAsync(HttpMethod.Delete, $"/examples/{second}", null);
        var third = await ExampleAsync(dataset, "three");
        var bulk = await server.PostAsync("/examples/bulk", new[] { new { dataset_id = dataset, inputs = new { q = "four" } } });
        await server.SendAsync(HttpMethod.Patch, "/examples/bulk", new[] { new { id = bulk[0].GetProperty("id").GetGuid(), metadata = new { n = 2 } } });

        Assert.Equal(["four", "one", "three"], await QuestionsAsync($"dataset={dataset}"));
        Assert.Equal(["one", "two"], await QuestionsAsync($"dataset={dataset}&as_of=prod"));
        Assert.Equal(["one", "two"], await QuestionsAsync($"dataset={dataset}&as_of={Uri.EscapeDataString(two)}"));
        Assert.Equal(["one"], await QuestionsAsync($"dataset={dataset}&metadata={Uri.EscapeDataString("""{"n":1}""")}"));
        Assert.Equal(3, (await server.GetAsync($"/examples/count?dataset={dataset}")).GetInt32());
        var old = await server.GetAsync($"/examples/{first}?dataset={dataset}&as_of=prod");
        Assert.Equal(JsonValueKind.Null, old.GetProperty("outputs").ValueKind);
        Assert.Equal("changed", Text((await server.GetAsync($"/examples/{first}")).GetProperty("outputs"), "a"));
        await server.GetAsync($"/examples/{second}", HttpStatusCode.NotFound);

        var diff = await server.GetAsync($"/datasets/{dataset}/versions/diff?from_version=prod&to_version=latest");
        Assert.Equal([first], Ids(diff, "examples_modified"));
        Assert.Equal([second], Ids(diff, "examples_removed"));
        Assert.Contains(third, Ids(diff, "examples_added"));
        Assert.Equal(two, Text(await server.GetAsync($"/datasets/{dataset}/version?tag=prod"), "as_of"));
        await server.PostAsync("/v1/platform/datasets/examples/delete", new { example_ids = new[] { third } });
        await server.SendAsync(HttpMethod.Delete, $"/examples?example_ids={first}", null);
        Assert.Equal(["four"], await QuestionsAsync($"dataset={dataset}"));
    }

    [Fact]
    [Proves("GET /api/v1/datasets/{dataset_id}/splits", "PUT /api/v1/datasets/{dataset_id}/splits")]
    public async Task Splits_AreWhatExamplesAreIn()
    {
        var dataset = await CreateAsync();
        var one = await ExampleAsync(dataset, "one");
        await ExampleAsync(dataset, "two");
        var splits = await server.SendAsync(HttpMethod.Put, $"/datasets/{dataset}/splits", new { split_name = "test", examples = new[] { one } });
        Assert.Equal("""["base","test"]""", splits.GetRawText());
        Assert.Equal(["one"], await QuestionsAsync($"dataset={dataset}&splits=test"));
        Assert.Equal("""["base","test"]""", (await server.GetAsync($"/examples/{one}")).GetProperty("metadata").GetProperty("dataset_split").GetRawText());
        await server.SendAsync(HttpMethod.Put, $"/datasets/{dataset}/splits", new { split_name = "test", examples = new[] { one }, remove = true });
        Assert.Equal("""["base"]""", (await server.GetAsync($"/datasets/{dataset}/splits")).GetRawText());
    }

    [Fact]
    [Proves("POST /api/v1/platform/datasets/{dataset_id}/examples", "PATCH /api/v1/platform/datasets/{dataset_id}/examples")]
    public async Task Multipart_KeepsRenamesAndDropsAttachments()
    {
        var dataset = await CreateAsync();
        var id = Uuid7.NewGuid();
        using (var body = new MultipartFormDataContent
        {
            { Json("""{"metadata":{"a":1},"split":["train"]}"""), $"{id}" },
            { Json("""{"q":"one"}"""), $"{id}.inputs" },
            { File("first"), $"{id}.attachment.a" },
            { File("second"), $"{id}.attachment.b" },
        })
        {
            await SendAsync(HttpMethod.Post, body);
        }

        using (var body = new MultipartFormDataContent
        {
            { Json($$"""{"id":"{{id}}"}"""), $"{id}" },
            { Json("""{"rename":{"a":"renamed"},"retain":[]}"""), $"{id}.attachments_operations" },
            { File("third"), $"{id}.attachment.c" },
        })
        {
            await SendAsync(HttpMethod.Patch, body);
        }

        var example = await server.GetAsync($"/examples/{id}");
        var files = example.GetProperty("attachment_urls").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetProperty("presigned_url").GetString()!);
        Assert.Equal(["attachment.c", "attachment.renamed"], files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("first", await server.Http.GetStringAsync(new Uri(files["attachment.renamed"]), TestServer.Cancellation));
        Assert.Equal(("one", "train"), (Text(example.GetProperty("inputs"), "q"), example.GetProperty("metadata").GetProperty("dataset_split")[0].GetString()));

        async Task SendAsync(HttpMethod method, HttpContent body)
        {
            using var request = new HttpRequestMessage(method, new Uri($"/v1/platform/datasets/{dataset}/examples", UriKind.Relative)) { Content = body };
            using var response = await server.Http.SendAsync(request, TestServer.Cancellation);
            var answer = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestServer.Cancellation));
            Assert.True(response.StatusCode == HttpStatusCode.Created, answer.GetRawText());
            Assert.Equal(id, answer.GetProperty("example_ids")[0].GetGuid());
        }
    }

    [Fact]
    [Proves("POST /api/v1/datasets/{dataset_id}/runs", "POST /api/v1/datasets/comparative", "GET /api/v1/datasets/{dataset_id}/comparative",
        "DELETE /api/v1/datasets/comparative/{comparative_experiment_id}")]
    public async Task Experiment_ShowsWhatItsRunsMadeOfTheExamples()
    {
        var dataset = await CreateAsync();
        var source = await server.CreateRunAsync(run => run["outputs"] = new JsonObject { ["answer"] = "because" });
        var example = await server.PostAsync("/examples", new { dataset_id = dataset, source_run_id = source, use_source_run_io = true });
        Assert.Equal("because", Text(example.GetProperty("outputs"), "answer"));
        var experiment = (await server.PostAsync("/sessions", new { name = $"{_name} experiment", reference_dataset_id = dataset })).GetProperty("id").GetString()!;
        var run = await server.CreateRunAsync(r => (r["session_id"], r["session_name"], r["reference_example_id"]) = (experiment, null, Text(example, "id")));
        await server.PostAsync("/feedback", new { run_id = run, key = "correct", score = 1 });

        var shown = Assert.Single((await server.PostAsync($"/datasets/{dataset}/runs", new { session_ids = new[] { experiment } })).EnumerateArray());
        var made = Assert.Single(shown.GetProperty("runs").EnumerateArray());
        Assert.Equal(run, made.GetProperty("id").GetGuid());
        Assert.Equal(1, made.GetProperty("feedback_stats").GetProperty("correct").GetProperty("avg").GetDouble());
        Assert.Equal(1, (await server.GetAsync($"/datasets/{dataset}")).GetProperty("session_count").GetInt32());
        Assert.Single((await server.GetAsync($"/sessions?reference_dataset={dataset}")).EnumerateArray());

        var comparison = await server.PostAsync("/datasets/comparative", new { name = "c", experiment_ids = new[] { experiment }, reference_dataset_id = dataset });
        var listed = Assert.Single((await server.GetAsync($"/datasets/{dataset}/comparative")).EnumerateArray());
        Assert.Equal(comparison.GetRawText(), listed.GetRawText());
        var compared = Assert.Single(listed.GetProperty("experiments_info").EnumerateArray());
        Assert.Equal((experiment, $"{_name} experiment"), (Text(compared, "id"), Text(compared, "name")));
        await server.SendAsync(HttpMethod.Delete, $"/datasets/comparative/{Text(comparison, "id")}", null);
        Assert.Empty((await server.GetAsync($"/datasets/{dataset}/comparative")).EnumerateArray());
    }

    [Fact]
    [Proves("POST /api/v1/datasets/upload", "POST /api/v1/examples/upload/{dataset_id}", "GET /api/v1/datasets/{dataset_id}/csv",
        "GET /api/v1/datasets/{dataset_id}/jsonl", "GET /api/v1/datasets/{dataset_id}/openai", "GET /api/v1/datasets/{dataset_id}/openai_ft")]
    public async Task Files_GoInAndComeOut()
    {
        var dataset = await UploadAsync("/datasets/upload", "a.csv", "question,answer\r\n\"one, \"\"two\"\"\",1\r\n");
        var id = dataset.GetProperty("id").GetGuid();
        await UploadAsync($"/examples/upload/{id}", "b.jsonl", """{"question":"three","answer":"3"}""");

        var csv = await server.Http.GetStringAsync(new Uri($"/datasets/{id}/csv", UriKind.Relative), TestServer.Cancellation);
        Assert.Contains("\"one, \"\"two\"\"\",\"1\"", csv, StringComparison.Ordinal);
        var lines = await server.Http.GetStringAsync(new Uri($"/datasets/{id}/jsonl", UriKind.Relative), TestServer.Cancellation);
        Assert.Equal(["one, \"two\"", "three"], lines.Trim().Split('\n').Select(line => Text(JsonElement.Parse(line).GetProperty("inputs"), "question")).Order(StringComparer.Ordinal));
        foreach (var form in (string[])["openai", "openai_ft"])
        {
            var chats = await server.Http.GetStringAsync(new Uri($"/datasets/{id}/{form}", UriKind.Relative), TestServer.Cancellation);
            Assert.Contains("""{"messages":[{"role":"user","content":"three"},{"role":"assistant","content":"3"}]}""", chats, StringComparison.Ordinal);
        }

        async Task<JsonElement> UploadAsync(string path, string file, string text)
        {
            using var form = new MultipartFormDataContent
            {
                { new StringContent(text), "file", file },
                { new StringContent("question"), "input_keys" },
                { new StringContent("answer"), "output_keys" },
                { new StringContent(_name), "name" },
            };
            using var response = await server.Http.PostAsync(new Uri(path, UriKind.Relative), form, TestServer.Cancellation);
            var answer = await response.Content.ReadAsStringAsync(TestServer.Cancellation);
            Assert.True(response.IsSuccessStatusCode, answer);
            return JsonElement.Parse(answer);
        }
    }

    [Fact]
    [Proves("PUT /api/v1/datasets/{dataset_id}/share", "GET /api/v1/datasets/{dataset_id}/share", "DELETE /api/v1/datasets/{dataset_id}/share",
        "GET /api/v1/public/{share_token}/datasets", "GET /api/v1/public/{share_token}/examples", "GET /api/v1/public/{share_token}/examples/count",
        "GET /api/v1/public/{share_token}/datasets/sessions")]
    public async Task Share_ShowsTheDatasetToAnybody()
    {
        var dataset = await CreateAsync();
        await ExampleAsync(dataset, "one");
        await server.PostAsync("/sessions", new { name = $"{_name} shared", reference_dataset_id = dataset });
        Assert.Equal(JsonValueKind.Null, (await server.GetAsync($"/datasets/{dataset}/share")).ValueKind);
        var token = Text(await server.SendAsync(HttpMethod.Put, $"/datasets/{dataset}/share", new { dataset_id = dataset, share_token = Guid.NewGuid() }), "share_token");

        Assert.Equal(token, Text(await server.GetAsync($"/datasets/{dataset}/share"), "share_token"));
        Assert.Equal(_name, Text(await server.GetAsync($"/public/{token}/datasets"), "name"));
        Assert.Equal("one", Text(Assert.Single((await server.GetAsync($"/public/{token}/examples")).EnumerateArray()).GetProperty("inputs"), "q"));
        Assert.Equal(1, (await server.GetAsync($"/public/{token}/examples/count")).GetInt32());
        Assert.Single((await server.GetAsync($"/public/{token}/datasets/sessions")).EnumerateArray());
        await server.SendAsync(HttpMethod.Delete, $"/datasets/{dataset}/share", null, HttpStatusCode.NoContent);
        await server.GetAsync($"/public/{token}/datasets", HttpStatusCode.NotFound);
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static StringContent File(string text) => new(text, Encoding.UTF8, "text/plain");

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static Guid[] Ids(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(id => id.GetGuid())];

    private async Task<Guid> CreateAsync() => (await server.PostAsync("/datasets", new { name = _name })).GetProperty("id").GetGuid();

    private async Task<Guid> ExampleAsync(Guid dataset, string question) =>
        (await server.PostAsync("/examples", new { dataset_id = dataset, inputs = new { q = question } })).GetProperty("id").GetGuid();

    private async Task<string> VersionAsync(Guid dataset) => Text((await server.GetAsync($"/datasets/{dataset}/versions"))[0], "as_of")!;

    private async Task<string?[]> QuestionsAsync(string query) =>
        [.. (await server.GetAsync($"/examples?{query}")).EnumerateArray().Select(e => Text(e.GetProperty("inputs"), "q")).Order(StringComparer.Ordinal)];
}
