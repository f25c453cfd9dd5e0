using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Web.Journeys.Support;

namespace Web.Journeys;

/// <summary>Addresses that official SDKs print, and what the search box leads to.</summary>
public sealed class LinkJourneys(Site site)
{
    private const string Tenant = "00000000-0000-7000-8000-000000000001";

    [Theory]
    [InlineData("/o/" + Tenant + "/datasets/{0}", "/datasets/{0}", "support-questions")]
    [InlineData("/o/" + Tenant + "/datasets/{0}/compare?selectedSessions={2}", "/datasets/{0}/compare?selectedSessions={2}", "answers-gpt-5-mini")]
    [InlineData("/datasets/{0}/e/{1}", "/datasets/{0}/e/{1}", "Example #")]
    [InlineData("/prompts/billing-answer/{3}?organizationId=" + Tenant, "/prompts/billing-answer/{3}?organizationId=" + Tenant, "billing-answer")]
    [InlineData("/hub/-/billing-answer", "/prompts/billing-answer", "billing-answer")]
    [InlineData("/context/billing-answer/{3}", "/prompts/billing-answer/{3}", "billing-answer")]
    [InlineData("/go?q={0}", "/datasets/{0}", "support-questions")]
    [InlineData("/go?q={1}", "/datasets/{0}/e/{1}", "Example #")]
    [InlineData("/go?q={4}", "/annotation-queues/{4}", "Billing answers")]
    [InlineData("/go?q={5}", "/prompts/billing-answer", "billing-answer")]
    [InlineData("/go?q=support-questions", "/datasets/{0}", "support-questions")]
    [InlineData("/go?q=Billing%20answers", "/annotation-queues/{4}", "Billing answers")]
    [InlineData("/go?q=billing-answer", "/prompts/billing-answer", "billing-answer")]
    public async Task Link_ToWhatPeopleCurate_LandsOnItsPage(string link, string page, string title)
    {
        var demo = await DemoCuration.OfAsync(site);
        using var http = new HttpClient { BaseAddress = new Uri(site.Url) };
        // Programs that ask for no HTML get the API's answer at some of these addresses.
        http.DefaultRequestHeaders.Add("Accept", "text/html");
        using var answer = await http.GetAsync(new Uri(Fill(link), UriKind.Relative));
        Assert.EndsWith(Fill(page), answer.RequestMessage!.RequestUri!.PathAndQuery, StringComparison.Ordinal);
        var heading = Regex.Match(await answer.Content.ReadAsStringAsync(), "<h1[^>]*>(?<text>.*?)</h1>", RegexOptions.Singleline, TimeSpan.FromSeconds(5));
        Assert.Contains(title, heading.Groups["text"].Value, StringComparison.Ordinal);

        string Fill(string address) => string.Format(
            CultureInfo.InvariantCulture, address, demo.Dataset, demo.Examples[0], demo.Experiments[0], demo.PromptCommit[..8], demo.Queue, demo.Prompt);
    }

    [Fact]
    public async Task PublicDataset_ByItsLink_IsReadWithoutAKeyAndNothingElse()
    {
        var demo = await DemoCuration.OfAsync(site);
        var token = await demo.ShareAsync(demo.Dataset);
        await using var visit = await site.VisitAsync($"/public/{token}/d");
        await Assertions.Expect(visit.Page.Locator("main h1")).ToHaveTextAsync("support-questions");
        await Assertions.Expect(visit.Page.Locator(".shared-example", new() { HasText = "Two seats were added" })).ToHaveCountAsync(6);
        await Assertions.Expect(visit.Page.Locator("form, nav.nav")).ToHaveCountAsync(0);
        await visit.PictureAsync("shared-dataset-light");
        await visit.AssertAccessibleAsync();
        await visit.GoAsync($"/public/{Guid.NewGuid()}/d");
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("Nothing is shared under this link");
    }

    [Theory]
    [InlineData("/public/00000000-0000-7000-8000-00000000dead/r")]
    [InlineData("/public/00000000-0000-7000-8000-00000000dead/d")]
    [InlineData("/public/nothing/here")]
    public async Task PublicLink_ToNothing_ShowsNothingOfTheServer(string link)
    {
        await using var visit = await site.VisitAsync(link);
        await Assertions.Expect(visit.Page.Locator("main b")).ToHaveTextAsync("Not found");
        await Assertions.Expect(visit.Page.Locator("nav.nav, form, a[href='/'], a[href^='/p']")).ToHaveCountAsync(0);
        await visit.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Palette_NamesOfWhatPeopleCurate_AreOffered()
    {
        await DemoCuration.OfAsync(site);
        await using var visit = await site.VisitAsync("/");
        await visit.Page.Keyboard.PressAsync("ControlOrMeta+k");
        foreach (var (text, kind) in new[] { ("support-q", "dataset"), ("Billing ans", "annotation queue"), ("billing-ans", "prompt") })
        {
            await visit.Page.Locator(".palette input").FillAsync(text);
            await Assertions.Expect(visit.Page.Locator(".palette li", new() { HasText = kind }).First).ToBeVisibleAsync();
        }

        await visit.PictureAsync("palette-names");
        await visit.Page.Locator(".palette li", new() { HasText = "prompt" }).First.ClickAsync();
        await visit.ArrivesAsync("*/prompts/billing-answer");
    }
}
