using System.Text;
using LangSmith.Sdk.Tests.Export;

namespace LangSmith.Sdk.Tests.Client;

public sealed class ExampleTests
{
    private static readonly CancellationToken s_token = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "/v1/platform")]
    [InlineData("/api/v1", "/api/v1/platform")]
    public async Task CreateExamplesAsync_Files_AreTheirOwnPartsBelowThePlatformsPath(string suffix, string platform)
    {
        await using var peer = await PeerAsync();
        await using var client = new LangSmithClient(Options(new Uri(peer.Url, suffix)));
        var dataset = Uuid7.NewGuid();
        var id = Uuid7.NewGuid();

        var ids = await client.CreateExamplesAsync(
            dataset,
            [
                new ExampleInput
                {
                    Id = id, Inputs = new Dictionary<string, object?> { ["q"] = "?" }, Outputs = "!", Splits = ["train"],
                    Metadata = new Dictionary<string, object?> { ["k"] = 1 }, Attachments = [new RunAttachment("bild \"ü\"", "image/png", new byte[] { 1, 2, 3 })],
                },
                new ExampleInput { Inputs = new Dictionary<string, object?>() },
            ],
            s_token);

        Assert.Equal(id, ids[0]);
        var request = Assert.Single(peer.Requests);
        Assert.Equal(("POST", $"{platform}/datasets/{dataset}/examples"), (request.Method, request.Path));
        var body = Encoding.UTF8.GetString(request.Body);
        Assert.Contains($$"""
            {"metadata":{"k":1},"split":["train"]}
            """, body);
        Assert.Contains($"form-data; name=\"{id}\"\r\n", body);
        Assert.Contains($"form-data; name=\"{id}.inputs\"\r\n\r\n{{\"q\":\"?\"}}", body);
        Assert.Contains($"form-data; name=\"{id}.outputs\"\r\n\r\n{{\"output\":\"!\"}}", body);
        Assert.Contains($"Content-Type: image/png; length=3\r\nContent-Disposition: form-data; name=\"{id}.attachment.bild %22ü%22\"\r\n\r\n\u0001\u0002\u0003\r\n", body);
        Assert.Contains($"name=\"{ids[1]}.inputs\"", body);
        Assert.DoesNotContain($"{ids[1]}.outputs", body);
    }

    [Fact]
    public async Task CreateExamplesAsync_250_AreThreeRequestsAndKeepTheirOrder()
    {
        await using var peer = await PeerAsync();
        await using var client = new LangSmithClient(Options(peer.Url));
        var given = Enumerable.Range(0, 250).Select(_ => Uuid7.NewGuid()).ToArray();

        var ids = await client.CreateExamplesAsync(Uuid7.NewGuid(), given.Select(id => new ExampleInput { Id = id, Inputs = "x" }), s_token);

        Assert.Equal(given, ids);
        Assert.Equal(3, peer.Requests.Count);
    }

    [Fact]
    public async Task ListExamplesAsync_EveryCondition_IsInTheAddress()
    {
        await using var peer = await MockServer.StartAsync();
        peer.Answer = _ => new Reply(200, Body: "[]");
        await using var client = new LangSmithClient(Options(peer.Url));
        var id = Uuid7.NewGuid();

        await foreach (var _ in client.ListExamplesAsync(
            new ExampleQuery { DatasetId = id, Ids = [id], Splits = ["a b"], AsOf = DateTimeOffset.UnixEpoch, Filter = "exists(metadata, \"k\")", Limit = 7 }, s_token))
        {
        }

        Assert.Equal(
            $"?limit=7&offset=0&id={id}&splits=a%20b&dataset={id}&as_of=1970-01-01T00%3A00%3A00.000000Z&filter=exists%28metadata%2C%20%22k%22%29",
            Assert.Single(peer.Requests).Query);
    }

    [Fact]
    public async Task UpdateExampleAsync_WithoutFiles_ChangesWhatIsGivenAlone()
    {
        await using var peer = await MockServer.StartAsync();
        peer.Answer = _ => new Reply(200);
        await using var client = new LangSmithClient(Options(peer.Url));
        var id = Uuid7.NewGuid();

        await client.UpdateExampleAsync(id, new ExampleInput { Outputs = 42 }, s_token);

        var request = Assert.Single(peer.Requests);
        Assert.Equal(("PATCH", $"/examples/{id}", """{"outputs":{"output":42}}"""), (request.Method, request.Path, request.Json.GetRawText()));
    }

    private static async Task<MockServer> PeerAsync()
    {
        var peer = await MockServer.StartAsync();
        peer.Answer = _ => new Reply(201, Body: """{"count":1,"example_ids":[],"as_of":"2026-01-01T00:00:00Z"}""");
        return peer;
    }

    private static LangSmithOptions Options(Uri url) => new()
    {
        Endpoint = url,
        ProjectName = "p",
        SamplingRate = 1,
        TracingEnabled = false,
        HideInputs = false,
        HideOutputs = false,
        HideMetadata = false,
        RunsEndpoints = [],
    };
}
