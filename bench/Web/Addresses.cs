using System.Text.RegularExpressions;

namespace LangSmith.Web.Bench;

/// <summary>What is measured: the pages that people open over the store of <c>bench/Server</c>, with ids that are really there.</summary>
internal sealed partial class Addresses
{
    private const string Drawn = "html[data-trace=ready] .span";

    private readonly string _run;
    private readonly string _big;
    private readonly string _thread;

    private Addresses(string run, string big, string thread) => (_run, _big, _thread) = (run, big, thread);

    /// <summary>Pages as the server makes them, and the fragments that they load.</summary>
    public IReadOnlyList<MeasuredPage> Requests =>
    [
        new("projects", "/"),
        .. Tables("/p/project-0"),
        .. Tables("/p"),
        // Three days before the newest run: a page deep in the table.
        new("table: a page far down", "/ui/rows?project=project-0&range=all&after=639308160000000000_00000000000000000000000000000000"),
        new("suggest: tags", "/ui/suggest?project=project-0&word=tag:"),
        new("suggest: names", "/ui/suggest?project=project-0&word=name:"),
        new("suggest: models, all projects", "/ui/suggest?word=model:"),
        new("suggest: metadata", "/ui/suggest?project=project-0&word=meta.environment:"),
        new("suggest: threads", "/ui/suggest?project=project-0&word=thread:"),
        new("palette: names", "/ui/find?text=project"),
        .. from range in (string[])["1h", "24h", "7d", "30d"]
           from grouping in (string[])["none", "name", "model", "tag", "type", "meta.environment"]
           select new MeasuredPage($"dashboard: {range}, {grouping}", $"/p/project-0/dashboard?range={range}&group={grouping}"),
        new("threads", "/p/project-0/threads"),
        new("threads: page 100", "/p/project-0/threads?page=100"),
        new("thread", $"/p/project-0/threads/{_thread}"),
        new("go: run id", $"/go?q={_run}"),
        new("go: unknown id", "/go?q=01234567-89ab-7def-8123-456789abcdef"),
        new("go: metadata", "/go?q=user-4711"),
        new("go: words", "/go?q=nothing+has+this"),
        new("waiting", "/r/01234567-89ab-7def-8123-456789abcdef"),
        new("trace of 10", $"/r/{_run}"),
        new("run: identity", $"/ui/r/{_run}?tab=identity"),
        new("trace of 10,000", $"/r/{_big}"),
        new("trace of 10,000: columns", $"/ui/trace/{_big}"),
        new("trace of 10,000: a run", $"/ui/r/{_big}"),
        new("trace of 10,000: search in inputs", $"/ui/trace/{_big}/search?q=nothinghasthis"),
        new("datasets", "/datasets"),
        new("annotation queues", "/annotation-queues"),
        new("prompts", "/prompts"),
        new("settings", "/settings"),
    ];

    /// <summary>Pages as a browser shows them.</summary>
    public IReadOnlyList<MeasuredPage> Pages =>
    [
        new("projects", "/", ".cards .project"),
        Table,
        new("table: all projects", "/p?level=all&range=all", "#table a.run-row"),
        new("table: status:error", Path("/p/project-0", "q", "status:error"), "#table a.run-row"),
        new("table: a word", Path("/p/project-0", "q", "kanohi"), "html[data-runs=ready]"),
        new("dashboard: 7d", "/p/project-0/dashboard?range=7d", "html[data-charts=ready]"),
        new("threads", "/p/project-0/threads", ".thread"),
        new("trace of 10", $"/r/{_run}", Drawn),
        Big,
    ];

    public IReadOnlyList<MeasuredScroll> Scrolls =>
    [
        new("table, reading", Table, "#table", "a.run-row", 20),
        new("table, fast", Table, "#table", "a.run-row", 120),
        new("waterfall of 10,000, reading", Big, "#list", ".span", 20) { Key = "Shift+ArrowRight" },
        new("waterfall of 10,000, fast", Big, "#list", ".span", 400) { Key = "Shift+ArrowRight" },
        new("waterfall of 10,000, time fitted", Big, "#list", ".span", 120) { Key = "v" },
        new("tree of 10,000", Big with { Address = Big.Address + "?view=tree" }, "#list", ".span", 120) { Key = "Shift+ArrowRight" },
        new("flame of 10,000", Big with { Address = Big.Address + "?view=flame" }, "#flame", ".span", 40),
        new("threads", new("threads", "/p/project-0/threads", ".thread"), ".thread-list", ".thread", 20),
    ];

    private static MeasuredPage Table { get; } = new("table", "/p/project-0", "#table a.run-row");

    private MeasuredPage Big => new("trace of 10,000", $"/r/{_big}", Drawn);

    /// <summary>Looks up the ids; adds the big trace when the store has none.</summary>
    /// <param name="server">The server.</param>
    /// <param name="now">Its present.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<Addresses> FindAsync(Uri server, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = server };
        await new BigTrace(now.AddHours(-3)).EnsureAsync(http, cancellationToken);
        var threads = await http.GetStringAsync(new Uri("/p/project-0/threads", UriKind.Relative), cancellationToken);
        return new Addresses(
            await FirstRunAsync(http, "/p/project-0", cancellationToken), await FirstRunAsync(http, $"/p/{BigTrace.Project}", cancellationToken),
            ThreadLink().Match(threads).Groups["thread"].Value);
    }

    private static IEnumerable<MeasuredPage> Tables(string path) =>
    [
        new($"{path}", path),
        Around(path, path, "7 days"),
        Around(path, Path(path, "range", "1h"), "an hour"),
        Around(path, Path(path, "level", "llm"), "LLM calls"),
        new($"{path}: all time", Path(path, "range", "all")),
        new($"{path}: LLM calls", Path(path, "level", "llm")),
        new($"{path}: all runs", Path(path, "level", "all")),
        .. from filter in (string[])
           [
               "status:error", "name:chain-0", "tag:canary", "model:gpt-4o", "type:tool", "latency:>5s", "tokens:>1000", "cost:>0.01", "meta.user_id:user-4711",
               "meta:user-4711", "thread:thread-4711", "feedback:correctness", "feedback.correctness:<0.3", "qzx3q", "kanohi", "bala", "error:upstream",
               "name:chain*", "status:error tag:canary latency:>2s",
           ]
           let address = Path(path, "q", filter) + "&level=all&range=all"
           from page in (MeasuredPage[])[new($"{path}: {filter}", address), Around(path, address, filter)]
           select page,
    ];

    /// <summary>The figures and facets of a table, which a page asks for when its rows are there.</summary>
    private static MeasuredPage Around(string path, string address, string title)
    {
        var query = address.Contains('?', StringComparison.Ordinal) ? "&" + address.Split('?', 2)[1] : "";
        return new MeasuredPage($"{path}: figures of {title}", $"/ui/rows/overview?project={(path == "/p" ? "" : "project-0")}{query}");
    }

    private static string Path(string path, string parameter, string value) => $"{path}?{parameter}={Uri.EscapeDataString(value)}";

    private static async Task<string> FirstRunAsync(HttpClient http, string page, CancellationToken cancellationToken)
    {
        var html = await http.GetStringAsync(new Uri(page, UriKind.Relative), cancellationToken);
        return RunLink().Match(html) is { Success: true } found
            ? found.Groups["run"].Value
            : throw new InvalidOperationException($"{page} shows no run: make the store with bench/Server (ingest, then read), and see --now.");
    }

    [GeneratedRegex("href=\"/r/(?<run>[0-9a-f-]{36})\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex RunLink();

    [GeneratedRegex("href=\"/p/project-0/threads/(?<thread>[^\"?]+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex ThreadLink();
}
