using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace LangSmith.Server.Web.Runs;

/// <summary>What the address of a table of runs says.</summary>
/// <param name="Project">The project's name; null for all projects.</param>
/// <param name="Query">What stands in the filter bar.</param>
/// <param name="Level">traces, llm or all.</param>
/// <param name="Range">1h, 24h, 7d, 30d or all.</param>
public sealed record RunsAddress(string? Project, string Query, string Level, string Range)
{
    private const int QueryMax = 2_000;

    public static IReadOnlyList<(string Key, string Title)> Levels { get; } = [("traces", "Traces"), ("llm", "LLM calls"), ("all", "All runs")];

    public static IReadOnlyList<(string Key, string Title, TimeSpan? Span)> Ranges { get; } =
    [
        ("1h", "Last hour", TimeSpan.FromHours(1)), ("24h", "Last 24 hours", TimeSpan.FromDays(1)), ("7d", "Last 7 days", TimeSpan.FromDays(7)),
        ("30d", "Last 30 days", TimeSpan.FromDays(30)), ("all", "All time", null),
    ];

    /// <summary>When the shown runs must have started; null for no bounds. The end is excluded.</summary>
    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    /// <summary>Columns that are not shown, of <see cref="Columns"/>.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    public static IReadOnlyList<RunColumn> Columns { get; } =
    [
        new("in", "Input", "minmax(100px, 1.3fr)"), new("out", "Output", "minmax(100px, 1.3fr)"), new("when", "Started", "70px"),
        new("lat", "Latency", "76px"), new("tok", "Tokens", "50px"), new("cost", "Cost", "62px"),
        new("fb", "Feedback", "minmax(88px, 0.8fr)"), new("tags", "Tags", "minmax(48px, 0.7fr)"),
    ];

    /// <summary>The widths of the shown columns, for the grid.</summary>
    public string Grid =>
        string.Join(' ', ["20px", "minmax(150px, 1.3fr)", .. Columns.Where(column => !Hidden.Contains(column.Key)).Select(column => column.Width)]);

    /// <summary>The address with a column shown or hidden.</summary>
    public RunsAddress Toggle(RunColumn column) =>
        this with { Hidden = Hidden.Contains(column.Key) ? [.. Hidden.Where(key => key != column.Key)] : [.. Hidden, column.Key] };

    public string Path => Project is null ? "/p" : Shell.Links.Project(Project);

    public static RunsAddress Read(string? project, IQueryCollection query)
    {
        var text = query["q"].ToString();
        var level = query["level"].ToString();
        var range = query["range"].ToString();
        return new RunsAddress(
            project, text[..Math.Min(text.Length, QueryMax)],
            Levels.Any(known => known.Key == level) ? level : Levels[0].Key,
            Ranges.Any(known => known.Key == range) ? range : "7d")
        {
            From = Time(query["from"]),
            To = Time(query["to"]),
            Hidden = [.. Columns.Select(column => column.Key).Intersect(query["hide"].ToString().Split(','))],
        };
    }

    /// <summary>The address with the parts that are not the usual ones.</summary>
    public override string ToString() => Path + QueryString;

    public string QueryString
    {
        get
        {
            var parts = QueryStringParts().ToList();
            return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
        }
    }

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static string Text(DateTimeOffset time) => Uri.EscapeDataString(time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));

    private IEnumerable<string> QueryStringParts()
    {
        if (Query.Length > 0)
        {
            yield return "q=" + Uri.EscapeDataString(Query);
        }

        if (Level != Levels[0].Key)
        {
            yield return "level=" + Level;
        }

        if (Range != "7d")
        {
            yield return "range=" + Range;
        }

        if (Hidden.Count > 0)
        {
            yield return "hide=" + string.Join(',', Hidden);
        }

        if (From is { } from)
        {
            yield return "from=" + Text(from);
        }

        if (To is { } to)
        {
            yield return "to=" + Text(to);
        }
    }
}
