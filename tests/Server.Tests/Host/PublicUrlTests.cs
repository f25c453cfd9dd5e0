using System.Net;
using LangSmith.Server;
using Server.Tests.Support;

namespace Server.Tests.Host;

/// <summary>A server behind a proxy that says nothing of itself.</summary>
public sealed class PublicUrlTests(PublicUrlTests.Proxied server) : IClassFixture<PublicUrlTests.Proxied>
{
    private const string Public = "https://langsmith.example.org";

    [Fact]
    public async Task Links_OfPagesAndAnswers_AreUnderThePublicUrl()
    {
        using var page = await SendAsync(HttpMethod.Get, "/settings", origin: null);
        using var token = await SendAsync(HttpMethod.Post, "/feedback/tokens", origin: null, new StringContent(
            $$"""{"run_id":"{{LangSmith.Uuid7.NewGuid()}}","feedback_key":"score"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));

        Assert.Contains($"{Public}/otel/v1/traces", await page.Content.ReadAsStringAsync(TestServer.Cancellation), StringComparison.Ordinal);
        Assert.Contains($"\"{Public}/", await token.Content.ReadAsStringAsync(TestServer.Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_FromThePublicUrl_SetsACookieForTlsAlone()
    {
        using var entered = await SignInAsync(Public);
        Assert.Equal(HttpStatusCode.Redirect, entered.StatusCode);
        Assert.Contains("; secure;", Assert.Single(entered.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);

        using var other = await SignInAsync("https://elsewhere.example.org");
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
    }

    [Fact]
    public async Task Server_WithoutAKey_AnswersToItsPublicName()
    {
        await using var open = await TestServer.StartAsync(options => options with { PublicUrl = new Uri(Public) });
        open.Http.DefaultRequestHeaders.Host = "langsmith.example.org";
        await open.GetAsync("/info");
        open.Http.DefaultRequestHeaders.Host = "elsewhere.example.org";
        using var refused = await open.Http.GetAsync(new Uri("/info", UriKind.Relative), TestServer.Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    private Task<HttpResponseMessage> SignInAsync(string origin) =>
        SendAsync(HttpMethod.Post, "/login", origin, new FormUrlEncodedContent([new("key", GuardedServer.Key), new("to", "/")]));

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? origin, HttpContent? content = null)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.Url };
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        request.Headers.TryAddWithoutValidation("Origin", origin);
        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        if (origin is null)
        {
            request.Headers.Add("x-api-key", GuardedServer.Key);
        }

        return await http.SendAsync(request, TestServer.Cancellation);
    }

    public sealed class Proxied : TestServer
    {
        protected override Func<LangSmithServerOptions, LangSmithServerOptions> Configure() =>
            options => options with { ApiKey = GuardedServer.Key, PublicUrl = new Uri(Public) };
    }
}
