using System.Globalization;
using LangSmith.Server.Web.Shell;
using Microsoft.AspNetCore.Http;

namespace LangSmith.Server.Web.Datasets;

/// <summary>What the page of a dataset shows, as its address says.</summary>
/// <param name="Tab">The open tab, one of <see cref="Tabs"/>.</param>
/// <param name="Split">The only split whose examples are shown; null for all.</param>
/// <param name="AsOf">The version: a time or a tag; null for the latest.</param>
/// <param name="Page">Which page of examples, from 0.</param>
public sealed record DatasetAddress(string Tab = "examples", string? Split = null, string? AsOf = null, int Page = 0)
{
    private const int PageMax = 100_000;

    public static IReadOnlyList<string> Tabs { get; } = ["examples", "experiments", "versions"];

    public static DatasetAddress Read(IQueryCollection query)
    {
        var tab = query["tab"].ToString();
        return new DatasetAddress(
            Tabs.Contains(tab) ? tab : "examples",
            query["split"].ToString() is { Length: > 0 } split ? split : null,
            query["as_of"].ToString() is { Length: > 0 } asOf ? asOf : null,
            int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Min(page, PageMax) : 0);
    }

    public string Print(Guid dataset)
    {
        var query = new QueryString();
        query = Tab == "examples" ? query : query.Add("tab", Tab);
        query = Split is null ? query : query.Add("split", Split);
        query = AsOf is null ? query : query.Add("as_of", AsOf);
        query = Page == 0 ? query : query.Add("page", Page.ToString(CultureInfo.InvariantCulture));
        return Links.Dataset(dataset) + query;
    }
}
