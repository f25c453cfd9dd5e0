using System.CommandLine;
using System.Globalization;
using LangSmith.Server;
using LangSmith.Web.Bench;
using LangSmith.Web.Bench.Measuring;

// bench/results/web.md has the figures.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var data = new Option<string>("--data")
{
    Description = "The data folder of a store that bench/Server made. It is opened for writing: give a copy.",
    Required = true,
};
var now = new Option<DateTimeOffset>("--now")
{
    Description = "What the server takes for the present, so that \"the last 7 days\" are full of runs at any date.",
    DefaultValueFactory = _ => new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero),
};
var times = new Option<int>("--times") { Description = "How often each page is asked for.", DefaultValueFactory = _ => 15 };
var only = new Option<string>("--only") { Description = "Measure only what has this in its name.", DefaultValueFactory = _ => "" };

var requests = new Command("requests", "How long the server takes for each page.") { data, now, times, only };
requests.SetAction(async (arguments, cancellationToken) =>
{
    await using var server = await StartAsync(arguments, cancellationToken);
    var addresses = await Addresses.FindAsync(server.Url, arguments.GetValue(now), cancellationToken);
    await Requests.RunAsync(server.Url, Matching(addresses.Requests, arguments), arguments.GetValue(times), cancellationToken);
});

var browser = new Command("browser", "How soon a browser shows each page, and how smoothly it scrolls.") { data, now, times, only };
browser.SetAction(async (arguments, cancellationToken) =>
{
    await using var server = await StartAsync(arguments, cancellationToken);
    var addresses = await Addresses.FindAsync(server.Url, arguments.GetValue(now), cancellationToken);
    await using var measuring = await BrowserMeasuring.StartAsync(server.Url);
    await measuring.OpenAsync(Matching(addresses.Pages, arguments), arguments.GetValue(times));
    await measuring.ScrollAsync([.. addresses.Scrolls.Where(scroll => Matches(scroll.Title, arguments))]);
});

return await new RootCommand("Measures the pages over a big store, in Chromium.") { requests, browser }.Parse(args).InvokeAsync();

Task<LangSmithServer> StartAsync(ParseResult arguments, CancellationToken cancellationToken) => LangSmithServer.StartAsync(
    new LangSmithServerOptions
    {
        Urls = "http://127.0.0.1:0",
        DataFolder = arguments.GetValue(data)!,
        Time = new ShiftedClock(arguments.GetValue(now)),
    },
    cancellationToken);

bool Matches(string title, ParseResult arguments) => title.Contains(arguments.GetValue(only)!, StringComparison.OrdinalIgnoreCase);

IReadOnlyList<MeasuredPage> Matching(IReadOnlyList<MeasuredPage> pages, ParseResult arguments) => [.. pages.Where(page => Matches(page.Title, arguments))];
