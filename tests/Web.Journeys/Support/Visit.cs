using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Web.Journeys.Support;

/// <summary>A tab of the browser. When it closes, it fails if a script failed or a request left the server.</summary>
public sealed class Visit : IAsyncDisposable
{
    private static readonly string s_axe = new BundledAxeScriptProvider().GetScript();

    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    internal Visit(IBrowserContext context, IPage page, string url)
    {
        _context = context;
        Page = page;
        page.PageError += (_, error) => _complaints.Add("script: " + error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("404", StringComparison.Ordinal) && !message.Text.Contains("422", StringComparison.Ordinal)
                && !message.Text.Contains("401", StringComparison.Ordinal))
            {
                _complaints.Add("console: " + message.Text);
            }
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(url, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
            {
                _complaints.Add("left the server: " + request.Url);
            }
        };
        page.Dialog += (_, dialog) =>
        {
            _complaints.Add("a dialog opened: " + dialog.Message);
            _ = dialog.DismissAsync();
        };
    }

    public IPage Page { get; }

    /// <summary>What the browser may write into the console without it being a complaint.</summary>
    public string? Forgiven { get; set; }

    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.DOMContentLoaded });
        await Page.Locator("html[data-ready]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
    }

    /// <summary>Waits until the scripts of a trace have drawn it.</summary>
    public Task TraceReadyAsync() => Page.Locator("html[data-trace=ready]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

    /// <summary>Waits for an address; <c>*</c> stands for anything.</summary>
    /// <remarks>Looks again and again: one that waits for the event misses a navigation that is over as soon as it begins to wait.</remarks>
    public Task ArrivesAsync(string address) => ArrivesAsync(new Regex($"^{Regex.Escape(address).Replace(@"\*", ".*", StringComparison.Ordinal)}$"));

    public async Task ArrivesAsync(Regex address)
    {
        await Assertions.Expect(Page).ToHaveURLAsync(address, new() { Timeout = 30_000 });
        await Page.WaitForLoadStateAsync();
    }

    public Task PictureAsync(string name) => Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Site.Pictures, name + ".png") });

    /// <summary>Checks the page against WCAG 2.1 A and AA.</summary>
    public async Task AssertAccessibleAsync()
    {
        if (!await Page.EvaluateAsync<bool>("'axe' in window"))
        {
            await Page.EvaluateAsync(s_axe);
        }

        var violations = await Page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'] })).violations
              .map(found => `${found.id}: ${found.help}\n  ${found.nodes.slice(0, 4).map(node => node.html).join('\n  ')}`)
            """);
        Assert.True(violations.Length == 0, string.Join('\n', violations));
    }

    /// <summary>Nothing is wider than the window.</summary>
    public async Task AssertFitsAsync() =>
        Assert.True(await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth + 1"), "The page scrolls sideways.");

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        var complaints = _complaints.Where(complaint => Forgiven is null || !complaint.Contains(Forgiven, StringComparison.Ordinal)).ToList();
        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
    }
}
