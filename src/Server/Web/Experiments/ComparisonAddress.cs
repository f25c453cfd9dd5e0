using System.Globalization;
using LangSmith.Server.Web.Shell;
using Microsoft.AspNetCore.Http;

namespace LangSmith.Server.Web.Experiments;

/// <summary>Which experiments are compared and what of them is shown, as the address says.</summary>
/// <param name="Selected">The experiments in order of columns; empty for the newest.</param>
/// <param name="Baseline">What the others are measured by; null for the oldest of them.</param>
/// <param name="Only">Examples shown, one of <see cref="Filters"/>.</param>
/// <param name="Example">The one example that is shown in full; null for the table.</param>
/// <param name="Page">Which page of examples, from 0.</param>
public sealed record ComparisonAddress(IReadOnlyList<Guid> Selected, Guid? Baseline = null, string Only = "all", Guid? Example = null, int Page = 0)
{
    public const int SelectedMax = 8;

    public static IReadOnlyList<string> Filters { get; } = ["all", "worse", "better"];

    /// <summary>Reads an address: experiments come as one comma list, as clients print it, or as repeated parameters, as forms send it.</summary>
    public static ComparisonAddress Read(IQueryCollection query)
    {
        var selected = query["selectedSessions"].SelectMany(value => (value ?? "").Split(',')).Select(Parse).OfType<Guid>().Distinct().Take(SelectedMax);
        var only = query["only"].ToString();
        return new ComparisonAddress(
            [.. selected],
            Parse(query["baseline"]),
            Filters.Contains(only) ? only : "all",
            Parse(query["example"]),
            int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Min(page, 100_000) : 0);
    }

    public string Print(Guid dataset)
    {
        var query = Selected.Count == 0 ? default : QueryString.Create("selectedSessions", string.Join(',', Selected));
        query = Baseline is { } baseline ? query.Add("baseline", baseline.ToString()) : query;
        query = Only == "all" ? query : query.Add("only", Only);
        query = Example is { } example ? query.Add("example", example.ToString()) : query;
        query = Page == 0 ? query : query.Add("page", Page.ToString(CultureInfo.InvariantCulture));
        return $"{Links.Dataset(dataset)}/compare{query}";
    }

    private static Guid? Parse(string? text) => LangSmith.RunId.TryParse(text, out var id) ? id : null;
}
