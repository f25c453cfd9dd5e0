using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LangSmith.Server;
using Server.Tests.Support;

namespace Server.Tests.Access;

/// <summary>Who may in.</summary>
public sealed class AccessTests(GuardedServer server) : IClassFixture<GuardedServer>
{
    private const string Key = GuardedServer.Key;

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://127.0.0.1:0;http://192.0.2.1:0")]
    public async Task Start_BeyondLoopbackWithoutAKey_IsRefused(string urls)
    {
        var options = new LangSmithServerOptions { Urls = urls, DataFolder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()) };
        var exception = await Assert.ThrowsAsync<ServerStartException>(() => LangSmithServer.StartAsync(options, TestServer.Cancellation));
        Assert.Contains("--api-key", exception.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(options.DataFolder));
    }

    [Theory]
    [Proves("GET /api/v1/info", "GET /api/v1/ok", "GET /api/v1/info/health")]
    [InlineData("/api/v1/info/health", null, HttpStatusCode.OK)]
    [InlineData("/api/v1/sessions", null, HttpStatusCode.Unauthorized)]
    [InlineData("/api/v1/sessions", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("/api/v1/sessions", "undefined", HttpStatusCode.Unauthorized)]
    [InlineData("/api/v1/sessions", Key, HttpStatusCode.OK)]
    [InlineData("/runs/00000000-0000-7000-8000-000000000009", null, HttpStatusCode.Unauthorized)]
    [InlineData("/no/such/page", null, HttpStatusCode.Unauthorized)]
    [InlineData("/info", null, HttpStatusCode.OK)]
    [InlineData("/api/v1/ok", null, HttpStatusCode.OK)]
    public async Task Get_OfAServerWithAKey_NeedsIt(string path, string? key, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("x-api-key", key);
        using var response = await server.Http.SendAsync(request, TestServer.Cancellation);
        Assert.Equal(expected, response.StatusCode);
        Assert.DoesNotContain(Key, await response.Content.ReadAsStringAsync(TestServer.Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_SaysHowMuchOfTheDiskIsFree()
    {
        var health = await server.Http.GetFromJsonAsync<JsonElement>("/info/health", TestServer.Cancellation);
        Assert.InRange(health.GetProperty("clickhouse_disk_free_pct").GetDouble(), 0.01, 100);
    }

    [Theory]
    [InlineData("Bearer", Key, HttpStatusCode.OK)]
    [InlineData("Bearer", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("Basic", Key, HttpStatusCode.OK)]
    public async Task Get_WithAuthorization_TakesTheKeyThereToo(string scheme, string key, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/sessions", UriKind.Relative));
        var value = scheme == "Basic" ? Convert.ToBase64String(Encoding.UTF8.GetBytes($"anybody:{key}")) : key;
        request.Headers.Authorization = new AuthenticationHeaderValue(scheme, value);
        using var response = await server.Http.SendAsync(request, TestServer.Cancellation);
        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Request_UnderAForeignHostName_IsRefusedByAServerWithoutKey()
    {
        await using var open = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/sessions", UriKind.Relative));
        request.Headers.Host = "evil.example";
        using var response = await open.Http.SendAsync(request, TestServer.Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Post_FromAPageOfAnotherSite_IsRefusedByAServerWithoutKey()
    {
        await using var open = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/runs", UriKind.Relative)) { Content = new StringContent("{}") };
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "cross-site");
        using var response = await open.Http.SendAsync(request, TestServer.Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }
}
