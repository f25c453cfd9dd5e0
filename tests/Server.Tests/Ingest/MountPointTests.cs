using System.Net;
using LangSmith;
using Server.Tests.Support;

namespace Server.Tests.Ingest;

/// <summary>One operation is reached under the prefixes of every client, with ids as people write them.</summary>
public sealed class MountPointTests(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData("/sessions")]
    [InlineData("/sessions/")]
    [InlineData("/sessions?")]
    [InlineData("/api/sessions")]
    [InlineData("/v1/sessions")]
    [InlineData("/api/v1/sessions")]
    [InlineData("/api/v1/api/v1/sessions")]
    [InlineData("/sessions?include_stats=False&limit=1")]
    [InlineData("/sessions?include_stats=0")]
    [InlineData("/sessions?reference_free=True")]
    public async Task Version1_IsEverywhere(string path) =>
        Assert.Equal("00000000-0000-7000-8000-000000000001", (await server.GetAsync(path))[0].GetProperty("tenant_id").GetString());

    [Theory]
    [InlineData("/api/v1/platform")]
    [InlineData("/v1/platform")]
    [InlineData("/api/v1/v1/platform")]
    [InlineData("/platform")]
    public async Task Platform_IsEverywhere(string prefix) =>
        await server.PostAsync($"{prefix}/datasets/examples/delete", new { example_ids = Array.Empty<string>() });

    [Theory]
    [InlineData("/api/v2")]
    [InlineData("/v2")]
    [InlineData("/api/v1/v2")]
    public async Task Version2_IsEverywhere(string prefix) =>
        Assert.False((await server.PostAsync($"{prefix}/runs/query", new { ids = new[] { Uuid7.NewGuid() } })).GetProperty("has_more").GetBoolean());

    [Theory]
    [InlineData("/otel/v1/traces")]
    [InlineData("/api/otel/v1/traces")]
    [InlineData("/api/v1/otel/v1/traces")]
    [InlineData("/otel")]
    [InlineData("/api/v1/otel")]
    public async Task Otlp_IsEverywhere(string path) => await server.PostAsync(path, "{}");

    [Fact]
    public async Task Id_InEveryForm_IsTheSameRun()
    {
        var id = await server.CreateRunAsync(id: Uuid7.NewGuid());
        foreach (var form in (string[])[$"{id}", $"{id:N}", $"{id}".ToUpperInvariant(), $"{id}?", $"%7B{id}%7D"])
        {
            Assert.Equal(id, (await server.GetAsync($"/runs/{form}")).GetProperty("id").GetGuid());
        }

        await server.GetAsync("/runs/nonsense", HttpStatusCode.UnprocessableEntity);
    }
}
