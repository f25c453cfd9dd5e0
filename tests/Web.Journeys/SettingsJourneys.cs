using LangSmith.Server;
using Microsoft.Playwright;
using Web.Journeys.Support;

namespace Web.Journeys;

/// <summary>Signing in, and what is set for everybody.</summary>
public sealed class SettingsJourneys(Site site)
{
    private const string Key = "lsv2_test_key";

    [Theory]
    [InlineData("/settings", "settings-connect")]
    [InlineData("/settings/keys", "settings-keys")]
    [InlineData("/settings/retention", "settings-retention")]
    [InlineData("/settings/prices", "settings-prices")]
    [InlineData("/settings/feedback", "settings-feedback")]
    [InlineData("/settings/workspaces", "settings-workspaces")]
    [InlineData("/no/such/page", "missing")]
    public async Task Page_InBothThemesAndNarrow_IsAccessibleAndFits(string path, string name)
    {
        await DemoCuration.OfAsync(site);
        await site.AssertPageAsync(path, name);
    }

    [Fact]
    public async Task SignIn_WithWrongAndRightKey_LeadsWhereOneWanted()
    {
        var folder = Directory.CreateTempSubdirectory("langsmith-web-").FullName;
        await using var server = await LangSmithServer.StartAsync(
            new LangSmithServerOptions { Urls = "http://127.0.0.1:0", DataFolder = folder, ApiKey = Key });
        var url = server.Url.AbsoluteUri.TrimEnd('/');
        foreach (var (dark, width) in new[] { (false, 1280), (true, 390) })
        {
            await using var visit = await site.VisitAsync("/datasets?find=x", dark, width, 844, url);
            await visit.PictureAsync($"sign-in-{width}-{(dark ? "dark" : "light")}");
            await visit.AssertFitsAsync();
            await visit.AssertAccessibleAsync();
            await visit.Page.GetByLabel("API key").FillAsync("wrong");
            await visit.Page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("unknown to the server");
            await visit.PictureAsync($"sign-in-wrong-{width}-{(dark ? "dark" : "light")}");
            await visit.AssertAccessibleAsync();
            await visit.Page.GetByLabel("API key").FillAsync(Key);
            await visit.Page.Keyboard.PressAsync("Enter");
            await visit.ArrivesAsync("*/datasets?find=x");
            await visit.PictureAsync($"signed-in-{width}-{(dark ? "dark" : "light")}");
            Assert.Equal("", await visit.Page.EvaluateAsync<string>("document.cookie"));
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
            await visit.ArrivesAsync("*/login");
            await visit.GoAsync("/settings");
            Assert.Contains("/login?to=%2Fsettings", visit.Page.Url, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Settings_Changed_Hold()
    {
        await using var visit = await site.VisitAsync("/settings/keys");
        await visit.Page.Locator("summary", new() { HasText = "New API key" }).ClickAsync();
        if (!await visit.Page.GetByLabel("What it is for").IsVisibleAsync())
        {
            await visit.Page.Locator("summary", new() { HasText = "New API key" }).ClickAsync();
        }

        await visit.Page.GetByLabel("What it is for").FillAsync("build server");
        await visit.Page.GetByLabel("May only read").CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        var made = await visit.Page.Locator("#made").TextContentAsync();
        Assert.StartsWith("lsv2_", made, StringComparison.Ordinal);
        await visit.PictureAsync("settings-key-made");
        await visit.AssertAccessibleAsync();
        await visit.GoAsync("/settings/keys");
        Assert.DoesNotContain(made!, await visit.Page.ContentAsync(), StringComparison.Ordinal);
        var row = visit.Page.Locator("tr", new() { HasText = "build server" });
        await Assertions.Expect(row).ToContainTextAsync("read");
        await row.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0);

        await visit.GoAsync("/settings/retention");
        await visit.Page.GetByLabel("Days that runs of default are kept").FillAsync("30");
        await visit.Page.GetByLabel("Days that runs of default are kept").PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator("tr", new() { Has = visit.Page.Locator("a", new() { HasTextRegex = new("^default$") }) })).ToContainTextAsync("30 days");

        await visit.GoAsync("/settings/prices");
        await visit.Page.Locator("summary", new() { HasText = "New price" }).ClickAsync();
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("our-model");
        await visit.Page.GetByLabel("Model names that match").FillAsync("^our-(model");
        await visit.Page.GetByLabel("US dollars per million prompt tokens").FillAsync("2.5");
        await visit.Page.GetByLabel("US dollars per million completion tokens").FillAsync("10");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("no regular expression");
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("our-model");
        await visit.Page.GetByLabel("Model names that match").FillAsync("^our-model");
        await visit.Page.GetByLabel("US dollars per million prompt tokens").FillAsync("2.5");
        await visit.Page.GetByLabel("US dollars per million completion tokens").FillAsync("10");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("tr", new() { HasText = "^our-model" })).ToContainTextAsync("$2.5");

        await visit.GoAsync("/settings/feedback");
        await visit.Page.Locator("summary", new() { HasText = "New feedback key" }).ClickAsync();
        if (!await visit.Page.GetByLabel("Key", new() { Exact = true }).IsVisibleAsync())
        {
            await visit.Page.Locator("summary", new() { HasText = "New feedback key" }).ClickAsync();
        }

        await visit.Page.GetByLabel("Key", new() { Exact = true }).FillAsync("politeness");
        await visit.Page.GetByLabel("Is answered by").SelectOptionAsync("categorical");
        await visit.Page.GetByLabel("Categories, one a line").FillAsync("polite = 1\nrude = 0");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("tr", new() { HasText = "politeness" })).ToContainTextAsync("polite = 1, rude = 0");
    }
}
