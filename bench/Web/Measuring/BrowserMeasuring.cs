using Microsoft.Playwright;

namespace LangSmith.Web.Bench.Measuring;

/// <summary>Opens pages in Chromium and scrolls them.</summary>
internal sealed class BrowserMeasuring : IAsyncDisposable
{
    private const int Frames = 600;

    /// <summary>Runs before any script of a page: notes when the page has what people came for, and each task that kept the thread for 50 ms.</summary>
    private const string Watching =
        """
        window.tasks = [];
        new PerformanceObserver(list => tasks.push(...list.getEntries().map(entry => entry.duration))).observe({ type: 'longtask', buffered: true });
        window.drawn = (selector) => new Promise(done => {
          const look = () => document.querySelector(selector) ? requestAnimationFrame(() => done(performance.now())) : requestAnimationFrame(look);
          look();
        });
        """;

    /// <summary>Scrolls by the frame. A frame is late when the next one comes more than 25 ms after it.</summary>
    private const string Scrolling =
        """
        async ({ box, row, pixels, frames }) => {
          const element = document.querySelector(box), gaps = [];
          let ends = 0, most = 0;
          tasks.length = 0;
          await new Promise(done => {
            let last = 0;
            const step = now => {
              if (last) gaps.push(now - last);
              last = now;
              const before = element.scrollTop;
              element.scrollTop += pixels;
              if (element.scrollTop === before) ends++;
              if (gaps.length % 60 === 0) most = Math.max(most, document.querySelectorAll(row).length);
              gaps.length < frames ? requestAnimationFrame(step) : done();
            };
            requestAnimationFrame(step);
          });
          return { gaps, tasks, ends, rows: most, top: element.scrollTop };
        }
        """;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly Uri _server;

    private BrowserMeasuring(IPlaywright playwright, IBrowser browser, Uri server) => (_playwright, _browser, _server) = (playwright, browser, server);

    public static async Task<BrowserMeasuring> StartAsync(Uri server)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu"],
            // Scroll bars that take room, as most desktops have: pages are laid out otherwise without.
            IgnoreDefaultArgs = ["--hide-scrollbars"],
        });
        return new BrowserMeasuring(playwright, browser, server);
    }

    /// <summary>Opens each page with nothing in the browser's cache.</summary>
    public async Task OpenAsync(IReadOnlyList<MeasuredPage> pages, int times)
    {
        await Console.Out.WriteLineAsync(
            "| page | answer, ms | first paint, ms | content drawn, ms | most, ms | longest task, ms |\n|---|--:|--:|--:|--:|--:|");
        foreach (var page in pages)
        {
            List<double> answers = [], paints = [], drawn = [], tasks = [];
            for (var i = 0; i < times; i++)
            {
                await using var context = await ContextAsync();
                var tab = await context.NewPageAsync();
                drawn.Add(await GoAsync(tab, page));
                answers.Add(await tab.EvaluateAsync<double>("performance.getEntriesByType('navigation')[0].responseEnd"));
                paints.Add(await tab.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"));
                tasks.Add(await tab.EvaluateAsync<double>("Math.max(0, ...tasks)"));
            }

            await Console.Out.WriteLineAsync(
                $"| {page.Title} | {answers.Quantile(0.5):N0} | {paints.Quantile(0.5):N0} | {drawn.Quantile(0.5):N0} | {drawn.Max():N0} "
                + $"| {tasks.Quantile(0.5):N0} |");
        }
    }

    /// <summary>Scrolls each page for ten seconds.</summary>
    public async Task ScrollAsync(IReadOnlyList<MeasuredScroll> scrolls)
    {
        await Console.Out.WriteLineAsync(
            "\n| scrolling | px a frame | frame p50, ms | p95, ms | most, ms | later than 25 ms | long tasks | frames at the end | rows in the page |\n"
            + "|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var scroll in scrolls)
        {
            await using var context = await ContextAsync();
            var tab = await context.NewPageAsync();
            await GoAsync(tab, scroll.Page);
            if (scroll.Key is { } key)
            {
                await tab.Keyboard.PressAsync(key);
            }

            var seen = await tab.EvaluateAsync<Seen>(
                Scrolling, new { box = scroll.Box, row = scroll.Row, pixels = scroll.PixelsPerFrame, frames = Frames });
            await Console.Out.WriteLineAsync(
                $"| {scroll.Title} | {scroll.PixelsPerFrame} | {seen.Gaps.Quantile(0.5):N1} | {seen.Gaps.Quantile(0.95):N1} | {seen.Gaps.Max():N0} | "
                + $"{seen.Gaps.Count(gap => gap > 25)} of {Frames} | {seen.Tasks.Length} | {seen.Ends} | {seen.Rows} |");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static async Task<double> GoAsync(IPage tab, MeasuredPage page)
    {
        await tab.GotoAsync(page.Address, new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        return await tab.EvaluateAsync<double>("selector => drawn(selector)", page.Ready);
    }

    private async Task<IBrowserContext> ContextAsync()
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = _server.AbsoluteUri,
            ViewportSize = new ViewportSize { Width = 1600, Height = 1000 },
        });
        await context.AddInitScriptAsync(Watching);
        return context;
    }

    private sealed class Seen
    {
        public double[] Gaps { get; set; } = [];

        public double[] Tasks { get; set; } = [];

        public int Ends { get; set; }

        public int Rows { get; set; }
    }
}
