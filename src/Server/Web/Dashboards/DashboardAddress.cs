using Microsoft.AspNetCore.Http;

namespace LangSmith.Server.Web.Dashboards;

/// <summary>What the address of a dashboard says.</summary>
/// <param name="Range">1h, 24h, 7d or 30d.</param>
/// <param name="Group">none, name, model, tag, type, or meta. with a key of the metadata behind it.</param>
public sealed record DashboardAddress(string Range, string Group)
{
    public static IReadOnlyList<(string Key, string Title, TimeSpan Span, TimeSpan Bucket)> Ranges { get; } =
    [
        ("1h", "Hour", TimeSpan.FromHours(1), TimeSpan.FromMinutes(1)), ("24h", "Day", TimeSpan.FromDays(1), TimeSpan.FromMinutes(30)),
        ("7d", "Week", TimeSpan.FromDays(7), TimeSpan.FromHours(3)), ("30d", "Month", TimeSpan.FromDays(30), TimeSpan.FromHours(12)),
    ];

    public static IReadOnlyList<(string Key, string Title)> Groups { get; } =
        [("none", "Everything"), ("name", "By name"), ("model", "By model"), ("tag", "By tag"), ("type", "By run type")];

    public static DashboardAddress Read(IQueryCollection query)
    {
        var range = query["range"].ToString();
        var group = query["group"].ToString();
        return new DashboardAddress(Ranges.Any(known => known.Key == range) ? range : "24h", Groups.Any(known => known.Key == group)
            || MetadataKey(group) is not null ? group : "none");
    }

    /// <summary>The key of the metadata that groups runs; null for other groupings.</summary>
    public string? Key => MetadataKey(Group);

    public override string ToString() => $"?range={Range}&group={Uri.EscapeDataString(Group)}";

    private static string? MetadataKey(string group) =>
        group.StartsWith("meta.", StringComparison.Ordinal) && group.Length is > 5 and < 200 ? group[5..] : null;
}
