using System.Text;
using System.Text.Json.Nodes;
using LangSmith.Server;
using Microsoft.Playwright;

namespace Web.Journeys.Support;

/// <summary>A real server with demonstration traces, and a browser in front of it; one for all journeys.</summary>
public sealed class Site : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("langsmith-web-").FullName;
    private LangSmithServer? _server;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private HttpClient? _http;

    public DemoTraces Demo { get; private set; } = null!;

    public string Url => _server!.Url.AbsoluteUri.TrimEnd('/');

    /// <summary>Where journeys leave their pictures; the folder is not under version control.</summary>
    public static string Pictures { get; } = Directory.CreateDirectory(
        Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } given ? given : Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;

    public async ValueTask InitializeAsync()
    {
        _server = await LangSmithServer.StartAsync(new LangSmithServerOptions { Urls = "http://127.0.0.1:0", DataFolder = _folder });
        _http = new HttpClient { BaseAddress = _server.Url };
        Demo = new DemoTraces(DateTimeOffset.UtcNow);
        foreach (var batch in Demo.Runs.Chunk(500))
        {
            await PostAsync("/api/v1/runs/batch", new JsonObject { ["post"] = new JsonArray([.. batch.Select(run => run.DeepClone())]) });
        }

        foreach (var feedback in Demo.Feedback)
        {
            await PostAsync("/api/v1/feedback", feedback);
        }

        if (Browsers.Chromium is { } chromium)
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-gpu"] });
        }
    }

    public async Task PostAsync(string path, JsonNode body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await _http!.PostAsync(new Uri(path, UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Opens a tab that notes every error, and every request that leaves the server.</summary>
    public async Task<Visit> VisitAsync(string path, bool dark = false, int width = 1280, int height = 860, string? url = null)
    {
        Assert.SkipWhen(_browser is null, "No Chromium: install Debian's package chromium, or set CHROMIUM to its path.");
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = url ?? Url,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        var visit = new Visit(context, await context.NewPageAsync(), url ?? Url);
        await visit.GoAsync(path);
        return visit;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _http?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
