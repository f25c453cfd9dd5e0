using System.Net;
using System.Reflection;
using LangSmith.Protocol;

namespace LangSmith.Client;

/// <summary>One API address with its credentials. A key belongs to its connection and goes to no other address.</summary>
internal sealed class LangSmithConnection : IDisposable
{
    private static readonly string s_userAgent = "langsmith-dotnet/" + ProductVersion();

    private readonly HttpClient _http;
    private readonly bool _ownsHttp;
    private readonly string _base;
    private readonly string? _apiKey;
    private readonly string? _workspaceId;

    public LangSmithConnection(Uri endpoint, string? apiKey, string? workspaceId, HttpClient? http)
    {
        Endpoint = Normalize(endpoint);
        _base = Endpoint.AbsoluteUri.TrimEnd('/');
        _apiKey = string.IsNullOrWhiteSpace(apiKey) ? null : apiKey.Trim();
        _workspaceId = string.IsNullOrWhiteSpace(workspaceId) ? null : workspaceId.Trim();
        _ownsHttp = http is null;
        _http = http ?? CreateHttp();
    }

    /// <summary>The address without trailing slash, query and user part.</summary>
    public Uri Endpoint { get; }

    public static string Version { get; } = ProductVersion();

    /// <summary>Reads an address as people put it into environments: quotes and blanks around, a slash at the end.</summary>
    /// <exception cref="ArgumentException">The text is no http address.</exception>
    public static Uri ParseEndpoint(string text)
    {
        var trimmed = text.Trim().Trim('"', '\'').Trim();
        return Uri.TryCreate(trimmed, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? Normalize(uri)
            : throw new ArgumentException($"{Shown(trimmed)} is no http or https address; one is like https://api.smith.langchain.com.", nameof(text));
    }

    /// <summary>What an error may repeat: people put keys into the wrong variable, and passwords into addresses.</summary>
    private static string Shown(string text) =>
        text.Length <= 100 && text.AsSpan().IndexOfAny(".:/") >= 0 && !text.Contains('@', StringComparison.Ordinal)
            ? $"'{text}'"
            : "The given text (not repeated here, as it may be a secret)";

    public HttpRequestMessage CreateRequest(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(_base + path));
        request.Headers.TryAddWithoutValidation("User-Agent", s_userAgent);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (_apiKey is not null)
        {
            request.Headers.TryAddWithoutValidation(WireHeaders.ApiKey, _apiKey);
        }

        if (_workspaceId is not null)
        {
            request.Headers.TryAddWithoutValidation(WireHeaders.TenantId, _workspaceId);
        }

        return request;
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>A text without the key, should a server repeat what it was sent.</summary>
    public string Conceal(string text) => _apiKey is { Length: >= 8 } ? text.Replace(_apiKey, "[key]", StringComparison.Ordinal) : text;

    public void Dispose()
    {
        if (_ownsHttp)
        {
            _http.Dispose();
        }
    }

    internal static Uri Normalize(Uri endpoint) =>
        new UriBuilder(endpoint) { Path = endpoint.AbsolutePath.TrimEnd('/'), Query = "", Fragment = "", UserName = "", Password = "" }.Uri;

    private static HttpClient CreateHttp() => new(new SocketsHttpHandler
    {
        // Our own calls are neither traced nor given propagation headers: with tracing on they would trace themselves for ever.
        ActivityHeadersPropagator = null,
        // HttpClient repeats x-api-key to wherever it is redirected.
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private static string ProductVersion()
    {
        var version = typeof(LangSmithConnection).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        var plus = version?.IndexOf('+') ?? -1;
        return plus > 0 ? version![..plus] : version ?? "0.0.0";
    }
}
