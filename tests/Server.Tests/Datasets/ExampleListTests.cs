using System.Net;
using System.Text.Json;
using LangSmith;
using Server.Tests.Support;

namespace Server.Tests.Datasets;

/// <summary>What lists of examples and datasets can be asked, and the changes that generated clients make.</summary>
public sealed class ExampleListTests(TestServer shared) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestServer _server = null!;
    private string _dataset = null!;

    /// <summary>Three examples: one of English in the split train, two of German, three with an object in its metadata.</summary>
    public async ValueTask InitializeAsync()
    {
        _server = await shared.AddWorkspaceAsync();
        _dataset = (await _server.PostAsync("/datasets", new { name = "list" })).GetProperty("id").GetString()!;
        await AddAsync(new { q = "one" }, new { lang = "en", n = 5 }, "train");
        await AddAsync(new { q = "two words" }, new { lang = "de" }, null);
        await AddAsync(new { q = "three" }, new { foo = new { bar = 1 } }, null);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("eq(metadata.lang, \"en\")", "one")]
    [InlineData("has(metadata, '{\"lang\": \"en\"}')", "one")]
    [InlineData("exists(metadata, \"lang\")", "two words,one")]
    [InlineData("not(exists(metadata, \"lang\"))", "three")]
    [InlineData("and(exists(metadata, \"foo\"), not(has(metadata, '{\"lang\": \"en\"}')))", "three")]
    [InlineData("or(gt(metadata.n, 4), search(\"words\"))", "two words,one")]
    [InlineData("has(metadata, '{\"dataset_split\": [\"train\"]}')", "one")]
    public async Task Filter_OfExamples_FindsExactlyWhatItSays(string filter, string expected)
    {
        Assert.Equal(expected, await ListAsync($"filter={Uri.EscapeDataString(filter)}"));
        Assert.Equal(expected.Split(',').Length, (await _server.GetAsync($"/examples/count?dataset={_dataset}&filter={Uri.EscapeDataString(filter)}")).GetInt32());
    }

    [Fact]
    public async Task List_ByTextOrderAndPage_IsWhatWasAskedFor()
    {
        Assert.Equal("two words", await ListAsync("full_text_contains=WORDS&full_text_contains=two"));
        Assert.Equal("three,one", await ListAsync($"filter={Uri.EscapeDataString("neq(metadata.lang, \"de\")")}"));
        Assert.Equal("one", await ListAsync($"filter={Uri.EscapeDataString("neq(metadata.lang, \"de\")")}&offset=1&limit=5"));
        var random = await ListAsync("order=random&random_seed=7");
        Assert.Equal(random, string.Join(',', await ListAsync("order=random&random_seed=7&limit=2"), await ListAsync("order=random&random_seed=7&limit=2&offset=2")));
        Assert.Equal(["one", "three", "two words"], random.Split(',').Order(StringComparer.Ordinal));
        await _server.GetAsync($"/examples?dataset={_dataset}&order=sideways", HttpStatusCode.UnprocessableEntity);
        await _server.GetAsync($"/examples?dataset={_dataset}&filter=bad(", HttpStatusCode.BadRequest);
        await _server.GetAsync($"/examples?dataset={_dataset}&metadata={Uri.EscapeDataString("""{"a":1,"a":2}""")}", HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    [Proves("PATCH /api/v1/platform/datasets/{dataset_id}/examples/metadata", "DELETE /api/v1/platform/datasets/{dataset_id}/examples/{example_id}")]
    public async Task Metadata_OfManyExamples_ChangesAtOnce()
    {
        var ids = (await _server.GetAsync($"/examples?dataset={_dataset}")).EnumerateArray().Select(example => example.GetProperty("id").GetGuid()).ToArray();
        var path = $"/platform/datasets/{_dataset}/examples";
        var unknown = Uuid7.NewGuid();
        object[] operations =
        [
            new { key = "lang", operation = "SET", value = "fr" }, new { key = "seen", operation = "ARRAY_ADD", values = new[] { "a", "b" } },
            new { key = "seen", operation = "ARRAY_REMOVE", values = new[] { "a" } }, new { key = "dataset_split", operation = "ARRAY_ADD", values = new[] { "test" } },
        ];

        var answer = await _server.SendAsync(HttpMethod.Patch, $"{path}/metadata", new { example_ids = new[] { ids[2], unknown }, operations }, HttpStatusCode.MultiStatus);

        Assert.Equal(["UPDATED", "NOT_FOUND"], answer.GetProperty("statuses").EnumerateArray().Select(status => status.GetProperty("status").GetString()));
        var metadata = (await _server.GetAsync($"/examples/{ids[2]}")).GetProperty("metadata");
        Assert.Equal("""{"lang":"fr","n":5,"seen":["b"],"dataset_split":["train","test"]}""", metadata.GetRawText());
        await _server.SendAsync(HttpMethod.Delete, $"{path}/{ids[2]}", null, HttpStatusCode.NoContent);
        await _server.SendAsync(HttpMethod.Delete, $"{path}/{ids[2]}", null, HttpStatusCode.NoContent);
        await _server.GetAsync($"/examples/{ids[2]}", HttpStatusCode.NotFound);
        await _server.SendAsync(HttpMethod.Patch, $"{path}/metadata", new { example_ids = ids, operations = new[] { new { key = "x", operation = "DROP" } } }, HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    [Proves("GET /api/v2/datasets")]
    public async Task Datasets_InAnyOrder_ArePagedByOffsetOrCursor()
    {
        await _server.PostAsync("/datasets", new { name = "another", metadata = new { team = "x" } });
        await _server.PostAsync("/datasets", new { name = "many" });

        Assert.Equal(["another", "list", "many"], Names(await _server.GetAsync("/datasets?sort_by=name&sort_by_desc=false")));
        Assert.Equal("list", Names(await _server.GetAsync("/datasets?sort_by=example_count"))[0]);
        Assert.Equal(["another"], Names(await _server.GetAsync($"/datasets?filter={Uri.EscapeDataString("eq(metadata.team, \"x\")")}")));
        await _server.GetAsync("/datasets?sort_by=colour", HttpStatusCode.UnprocessableEntity);
        var page = await _server.GetAsync("/v2/datasets?sort_by=name&sort_order=asc&page_size=2");
        Assert.Equal(["another", "list"], Names(page.GetProperty("items")));
        var rest = await _server.GetAsync($"/v2/datasets?sort_by=name&sort_order=asc&page_size=2&cursor={page.GetProperty("next_cursor").GetString()}");
        Assert.Equal(["many"], Names(rest.GetProperty("items")));
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("next_cursor").ValueKind);
    }

    private async Task AddAsync(object inputs, object metadata, string? split) =>
        await _server.PostAsync("/examples", new { dataset_id = _dataset, inputs, metadata, split });

    private async Task<string> ListAsync(string query) => string.Join(',', (await _server.GetAsync($"/examples?dataset={_dataset}&{query}"))
        .EnumerateArray().Select(example => example.GetProperty("inputs").GetProperty("q").GetString()));

    private static string?[] Names(JsonElement datasets) => [.. datasets.EnumerateArray().Select(dataset => dataset.GetProperty("name").GetString())];
}
