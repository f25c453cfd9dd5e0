using System.Net;
using Microsoft.Net.Http.Headers;
using Server.Tests.Support;

namespace Server.Tests.Access;

/// <summary>How people's browsers get in.</summary>
public sealed class BrowserSessionTests(BrowserSessionTests.EnteredServer shared) : IClassFixture<BrowserSessionTests.EnteredServer>
{
    private const string Key = GuardedServer.Key;

    [Fact]
    public async Task Page_WithoutSession_LeadsToTheFormAndBack()
    {
        using var browser = new Browser(shared.Server);
        using var refused = await browser.GetAsync("/p/default?q=status:error");
        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
        Assert.Equal("/login?to=%2Fp%2Fdefault%3Fq%3Dstatus%3Aerror", refused.Headers.Location!.OriginalString);
        using var form = await browser.GetAsync(refused.Headers.Location.OriginalString);
        Assert.Equal(HttpStatusCode.OK, form.StatusCode);
        Assert.Contains("value=\"/p/default?q=status:error\"", await form.Content.ReadAsStringAsync(TestServer.Cancellation), StringComparison.Ordinal);

        using var entered = await browser.SignInAsync(Key, "/p/default?q=status:error");
        Assert.Equal("/p/default?q=status:error", entered.Headers.Location!.OriginalString);
        using var page = await browser.GetAsync("/p/default?q=status:error");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Cookie_OfASession_IsOpaqueAndOutOfReachOfScripts()
    {
        using var browser = new Browser(shared.Server);
        using var entered = await browser.SignInAsync(Key);
        var cookie = SetCookieHeaderValue.Parse(Assert.Single(entered.Headers.GetValues("Set-Cookie")));
        Assert.True(cookie.HttpOnly);
        Assert.Equal(SameSiteMode.Lax, cookie.SameSite);
        Assert.DoesNotContain(Key, cookie.Value.ToString(), StringComparison.Ordinal);
        browser.Cookie = $"{cookie.Name}={cookie.Value.ToString()[..^8]}AAAAAAAA";
        using var forged = await browser.GetAsync("/");
        Assert.Equal(HttpStatusCode.Redirect, forged.StatusCode);
    }

    [Fact]
    public async Task SignIn_WithAWrongKey_SaysSoAndSetsNothing()
    {
        using var browser = new Browser(shared.Server);
        using var refused = await browser.SignInAsync("wrong", "/datasets");
        var page = await refused.Content.ReadAsStringAsync(TestServer.Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.False(refused.Headers.Contains("Set-Cookie"));
        Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"/datasets\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("~/x")]
    public async Task SignIn_ToAnotherSite_StaysHere(string to)
    {
        using var browser = new Browser(shared.Server);
        using var entered = await browser.SignInAsync(Key, to);
        Assert.Equal("/", entered.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task SignIn_FromAnotherSite_IsRefused()
    {
        using var browser = new Browser(shared.Server);
        using var refused = await browser.SignInAsync(Key, site: "cross-site");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task SignIn_OverAndOver_IsSlowedDown()
    {
        await using var own = await EnteredServer.StartServerAsync();
        using var browser = new Browser(own);
        var statuses = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 25; attempt++)
        {
            using var answer = await browser.SignInAsync("wrong");
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, statuses[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
    }

    [Theory]
    [InlineData("same-origin", HttpStatusCode.OK)]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    [InlineData("same-site", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    public async Task Post_ByCookieAlone_MustComeFromOwnPages(string? site, HttpStatusCode expected)
    {
        using var browser = new Browser(shared.Server) { Cookie = shared.Cookie };
        using var content = new StringContent("""{"name":"by-cookie"}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await browser.SendAsync(HttpMethod.Post, "/api/v1/datasets", content, site);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task SignOut_EndsTheSession()
    {
        using var browser = new Browser(shared.Server);
        using var entered = await browser.SignInAsync(Key);
        using var left = await browser.SendAsync(HttpMethod.Post, "/logout", null);
        Assert.Equal("/login", left.Headers.Location!.OriginalString);
        using var page = await browser.GetAsync("/");
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
    }

    [Fact]
    public async Task Session_OfARevokedKey_IsOver()
    {
        using var browser = new Browser(shared.Server);
        var made = await browser.Server.PostAsync("/api-key", new { description = "for a colleague" });
        using var entered = await browser.SignInAsync(made.GetProperty("key").GetString()!);
        using var before = await browser.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        using var revoked = await browser.Server.Http.DeleteAsync(new Uri($"/api-key/{made.GetProperty("id").GetString()}", UriKind.Relative), TestServer.Cancellation);
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        using var after = await browser.GetAsync("/");
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
    }

    [Theory]
    [InlineData("/login")]
    [InlineData("/")]
    [InlineData("/datasets")]
    [InlineData("/annotation-queues")]
    [InlineData("/prompts")]
    [InlineData("/settings")]
    [InlineData("/settings/keys")]
    [InlineData("/no/such/page")]
    public async Task Page_Always_ForbidsWhatIsNotOurs(string path)
    {
        using var browser = new Browser(shared.Server) { Cookie = shared.Cookie };
        using var page = await browser.GetAsync(path);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        var html = await page.Content.ReadAsStringAsync(TestServer.Cancellation);
        Assert.DoesNotMatch("(src|href|action)=\"(https?:)?//", html);
    }

    /// <summary>A server with a key, and a session of somebody who signed in: an address may sign in only so often.</summary>
    public sealed class EnteredServer : IAsyncLifetime
    {
        public TestServer Server { get; private set; } = null!;

        public string Cookie { get; private set; } = null!;

        public static async Task<TestServer> StartServerAsync()
        {
            var server = await TestServer.StartAsync(options => options with { ApiKey = Key });
            server.Http.DefaultRequestHeaders.Add("x-api-key", Key);
            return server;
        }

        public async ValueTask InitializeAsync()
        {
            Server = await StartServerAsync();
            using var browser = new Browser(Server);
            using var entered = await browser.SignInAsync(Key);
            Cookie = browser.Cookie!;
        }

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }

    /// <summary>A client that keeps cookies and follows nothing, as far as these tests need one.</summary>
    private sealed class Browser(TestServer server) : IDisposable
    {
        private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.Url };

        public TestServer Server => server;

        public string? Cookie { get; set; }

        public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

        public Task<HttpResponseMessage> SignInAsync(string key, string to = "/", string? site = "same-origin") =>
            SendAsync(HttpMethod.Post, "/login", new FormUrlEncodedContent([new("key", key), new("to", to)]), site);

        public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, string? site = "same-origin")
        {
            using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
            request.Headers.TryAddWithoutValidation("Accept", "text/html");
            request.Headers.TryAddWithoutValidation("Cookie", Cookie);
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);
            var response = await _http.SendAsync(request, TestServer.Cancellation);
            if (response.Headers.TryGetValues("Set-Cookie", out var cookies))
            {
                var session = SetCookieHeaderValue.Parse(cookies.First());
                Cookie = session.Value.Length == 0 ? null : $"{session.Name}={session.Value}";
            }

            return response;
        }

        public void Dispose() => _http.Dispose();
    }
}
