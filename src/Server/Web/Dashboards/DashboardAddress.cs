using Microsoft.AspNetCore.Http;

namespace LangSmith.Server.Web.Dashboards;

/// <summary>What the address of a dashboard says.</summary>
/// <param name="Range">1h, 24h, 7d or 30d.</param>
/// <param name="Group">none, name, model, tag, type, or meta. with a key of the metadata behind it.</param>
/// <param name="Query">What stands in the filter bar.</param>
public sealed record DashboardAddress(string Range, string Group, string Query)
{
    private const int QueryMax = 2_000;

    public static IReadOnlyList<DashboardRange> Ranges { get; } =
    [
        new("1h", "Hour", TimeSpan.FromHours(1), TimeSpan.FromMinutes(1)), new("24h", "Day", TimeSpan.FromDays(1), TimeSpan.FromMinutes(30)),
        new("7d", "Week", TimeSpan.FromDays(7), TimeSpan.FromHours(3)), new("30d", "Month", TimeSpan.FromDays(30), TimeSpan.FromHours(12)),
    ];

    public static IReadOnlyList<(string Key, string Title)> Groups { get; } =
        [("none", "Whole traces"), ("name", "By name"), ("model", "By model"), ("tag", "By tag"), ("type", "By run type")];

    public static DashboardAddress Read(IQueryCollection query)
    {
        var range = query["range"].ToString();
        var group = query["group"].ToString();
        var text = query["q"].ToString();
        return new DashboardAddress(
            Ranges.Any(known => known.Key == range) ? range : "24h",
            Groups.Any(known => known.Key == group) || MetadataKey(group) is not null ? group : "none",
            text[..Math.Min(text.Length, QueryMax)]);
    }

    /// <summary>The key of the metadata that groups runs; null for other groupings.</summary>
    public string? Key => MetadataKey(Group);

    /// <summary>Whether traces are counted, by their roots, and not runs by their groups.</summary>
    public bool IsOfTraces => Group == "none";

    public DashboardRange Times => Ranges.First(range => range.Key == Range);

    public override string ToString() =>
        $"?range={Range}&group={Uri.EscapeDataString(Group)}{(Query.Length == 0 ? "" : "&q=" + Uri.EscapeDataString(Query))}";

    private static string? MetadataKey(string group) =>
        group.StartsWith("meta.", StringComparison.Ordinal) && group.Length is > 5 and < 200 ? group[5..] : null;
}
