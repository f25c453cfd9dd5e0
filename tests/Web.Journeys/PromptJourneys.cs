using Microsoft.Playwright;
using Web.Journeys.Support;

namespace Web.Journeys;

/// <summary>Prompts, their commits and what changed between them.</summary>
public sealed class PromptJourneys(Site site)
{
    [Theory]
    [InlineData("/prompts", "prompts")]
    [InlineData("/prompts/billing-answer", "prompt")]
    public async Task Page_InBothThemesAndNarrow_IsAccessibleAndFits(string path, string name)
    {
        await DemoCuration.OfAsync(site);
        await site.AssertPageAsync(path, name);
    }

    [Fact]
    public async Task Commits_Compared_ShowWhatChanged()
    {
        await DemoCuration.OfAsync(site);
        await using var visit = await site.VisitAsync("/hub/-/billing-answer", dark: true);
        await Assertions.Expect(visit.Page.Locator(".template").First).ToContainTextAsync("Name the line of the invoice.");
        await visit.Page.Locator("a", new() { HasText = "compare with" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".text-diff .added")).ToHaveCountAsync(2);
        await Assertions.Expect(visit.Page.Locator(".text-diff .removed")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("You are a billing agent"));
        await visit.PictureAsync("prompt-diff");
        await visit.AssertAccessibleAsync();

        await visit.Page.Locator("a", new() { HasText = "Leave the comparison" }).ClickAsync();
        await visit.Page.GetByLabel("Tag this commit").FillAsync("prod");
        await visit.Page.GetByLabel("Tag this commit").PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator(".commit.shown .tag")).ToHaveTextAsync("prod");
        await visit.GoAsync("/prompts/billing-answer/prod?organizationId=x");
        await Assertions.Expect(visit.Page.Locator(".commit.shown .tag")).ToHaveTextAsync("prod");
        await visit.Page.GetByLabel("Remove the tag prod").ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".commit .tag")).ToHaveCountAsync(0);
    }
}
