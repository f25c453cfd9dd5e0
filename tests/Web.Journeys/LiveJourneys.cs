using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LangSmith.Server;
using Microsoft.Playwright;
using Web.Journeys.Support;

namespace Web.Journeys;

/// <summary>Pages that stay up to date by themselves, also when the server goes away for a while.</summary>
public sealed class LiveJourneys(Site site) : IAsyncDisposable
{
    private const float PatienceMilliseconds = 20_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("langsmith-web-").FullName;
    private LangSmithServer? _server;

    [Fact]
    public async Task Trace_WhenTheServerRestarts_GoesOnByItself()
    {
        var url = await StartAsync("http://127.0.0.1:0");
        var start = DateTimeOffset.UtcNow.AddSeconds(-2);
        var root = DemoTraces.Run("long work", "chain", start, -1, null, null, null);
        await PostAsync(root);
        await using var visit = await site.VisitAsync($"/r/{(string)root["id"]!}", url: url);
        visit.Forgiven = "net::ERR_";
        await visit.TraceReadyAsync();
        await RestartAsync(visit, "#live.lost");
        await PostAsync(DemoTraces.Run("after the restart", "tool", start.AddSeconds(1), 0.5, root, null, null));
        await Assertions.Expect(visit.Page.Locator(".span .name").Nth(1)).ToHaveTextAsync("after the restart", new() { Timeout = PatienceMilliseconds });
        await Assertions.Expect(visit.Page.Locator("#live.lost")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Table_WhenTheServerRestarts_GoesOnByItself()
    {
        var url = await StartAsync("http://127.0.0.1:0");
        await PostAsync(DemoTraces.Run("before", "chain", DateTimeOffset.UtcNow.AddMinutes(-1), 1, null, null, null));
        await using var visit = await site.VisitAsync($"/p/{DemoTraces.Project}", url: url);
        visit.Forgiven = "net::ERR_";
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Live" }).ClickAsync();
        await RestartAsync(visit, "#live.lost");
        await visit.PictureAsync("runs-lost-light");
        await PostAsync(DemoTraces.Run("after", "chain", DateTimeOffset.UtcNow, 1, null, null, null));
        await Assertions.Expect(visit.Page.Locator("a.run-row b")).ToHaveTextAsync(["after", "before"], new() { Timeout = PatienceMilliseconds });
        await Assertions.Expect(visit.Page.Locator("#live.lost")).ToHaveCountAsync(0);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task RestartAsync(Visit visit, string lost)
    {
        var url = _server!.Url.AbsoluteUri;
        await _server.DisposeAsync();
        await visit.Page.Locator(lost).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await StartAsync(url);
    }

    private async Task<string> StartAsync(string urls)
    {
        _server = await LangSmithServer.StartAsync(new LangSmithServerOptions { Urls = urls.TrimEnd('/'), DataFolder = _folder });
        return _server.Url.AbsoluteUri.TrimEnd('/');
    }

    private async Task PostAsync(JsonObject run)
    {
        using var http = new HttpClient { BaseAddress = _server!.Url };
        using var answer = await http.PostAsJsonAsync(new Uri("/api/v1/runs", UriKind.Relative), run);
        answer.EnsureSuccessStatusCode();
    }
}
