using System.Net;
using System.Text;
using LangSmith;
using Server.Tests.Support;

namespace Server.Tests.Datasets;

/// <summary>Examples: what schemas take, copies, and the elder multipart form.</summary>
public sealed class ExampleTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Schema = """{"type":"object","properties":{"q":{"type":"string"}},"required":["q"]}""";

    private readonly string _name = $"dataset {Uuid7.NewGuid():N}";

    [Fact]
    [Proves("POST /api/v1/examples/validate", "POST /api/v1/examples/validate/bulk")]
    public async Task Schema_OfADataset_IsWhatExamplesMustBe()
    {
        var dataset = await DatasetAsync($$"""{"name":"{{_name}}","inputs_schema_definition":{{Schema}}}""");
        var good = new { dataset_id = dataset, inputs = new { q = "why" }, split = "train" };
        var bad = new { dataset_id = dataset, inputs = new { q = 5 } };

        var shown = await server.PostAsync("/examples/validate", good);
        Assert.Equal(("why", "train"), (shown.GetProperty("inputs").GetProperty("q").GetString(), shown.GetProperty("split")[0].GetString()));
        var problem = await server.PostAsync("/examples/validate", bad, HttpStatusCode.UnprocessableEntity);
        Assert.Contains("inputs/q", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, (await server.PostAsync("/examples/validate/bulk", new object[] { good, good })).GetArrayLength());
        await server.PostAsync("/examples/validate/bulk", new object[] { good, bad }, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(0, (await server.GetAsync($"/examples/count?dataset={dataset}")).GetInt32());

        await server.PostAsync("/examples", bad, HttpStatusCode.UnprocessableEntity);
        var example = (await server.PostAsync("/examples", good)).GetProperty("id").GetGuid();
        await server.SendAsync(HttpMethod.Patch, $"/examples/{example}", new { inputs = new { other = 1 } }, HttpStatusCode.UnprocessableEntity);
        await server.PostAsync("/datasets", """{"name":"x","inputs_schema_definition":{"type":5}}""", HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    [Proves("POST /api/v1/datasets/clone")]
    public async Task Clone_CopiesAVersionIntoAnotherDataset()
    {
        var source = await DatasetAsync($$"""{"name":"{{_name}}"}""");
        var target = await DatasetAsync($$"""{"name":"{{_name}} copy"}""");
        var one = (await server.PostAsync("/examples", new { dataset_id = source, inputs = new { q = "one" } })).GetProperty("id").GetGuid();
        var version = (await server.GetAsync($"/datasets/{source}/versions"))[0].GetProperty("as_of").GetString();
        await server.PostAsync("/examples", new { dataset_id = source, inputs = new { q = "two" } });

        var copies = await server.PostAsync("/datasets/clone", new { source_dataset_id = source, target_dataset_id = target, as_of = version });

        var copy = Assert.Single(copies.EnumerateArray());
        Assert.NotEqual(one, copy.GetProperty("id").GetGuid());
        Assert.Equal("one", Assert.Single((await server.GetAsync($"/examples?dataset={target}")).EnumerateArray()).GetProperty("inputs").GetProperty("q").GetString());
        await server.PostAsync("/datasets/clone", new { source_dataset_id = source, target_dataset_id = Uuid7.NewGuid() }, HttpStatusCode.NotFound);
    }

    [Fact]
    [Proves("POST /api/v1/platform/examples/multipart")]
    public async Task Multipart_OfTheElderForm_NamesItsDatasetInEachPart()
    {
        var dataset = await DatasetAsync($$"""{"name":"{{_name}}"}""");
        var id = Uuid7.NewGuid();
        using var body = new MultipartFormDataContent
        {
            { Json($$"""{"dataset_id":"{{dataset}}"}"""), $"{id}" },
            { Json("""{"q":"one"}"""), $"{id}.inputs" },
            { new StringContent("bytes", Encoding.UTF8, "text/plain"), $"{id}.attachment.note" },
        };
        using var response = await server.Http.PostAsync(new Uri("/v1/platform/examples/multipart", UriKind.Relative), body, TestServer.Cancellation);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var example = Assert.Single((await server.GetAsync($"/examples?dataset={dataset}")).EnumerateArray());
        var url = example.GetProperty("attachment_urls").GetProperty("attachment.note").GetProperty("presigned_url").GetString()!;
        Assert.Equal("bytes", await server.Http.GetStringAsync(new Uri(url), TestServer.Cancellation));

        static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");
    }

    private async Task<Guid> DatasetAsync(string body) =>
        (await server.SendAsync(HttpMethod.Post, "/datasets", body)).GetProperty("id").GetGuid();
}
