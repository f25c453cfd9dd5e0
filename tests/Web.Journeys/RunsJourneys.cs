using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Web.Journeys.Support;

namespace Web.Journeys;

public sealed class RunsJourneys(Site site)
{
    private const string Project = "/p/" + DemoTraces.Project;

    [Fact]
    public async Task Peek_ByKeys_FollowsTheRowsAndIsInTheAddress()
    {
        await using var visit = await site.VisitAsync(Project + "?q=name:support-agent", dark: true, 1600, 1000);
        await RunsReadyAsync(visit);
        await visit.Page.Keyboard.PressAsync("j");
        await visit.Page.Keyboard.PressAsync("Space");
        await Assertions.Expect(visit.Page.Locator("#peek h2")).ToHaveTextAsync("support-agent");
        await visit.PictureAsync("peek-dark");
        await visit.AssertAccessibleAsync();
        var first = await visit.Page.Locator("#peek").GetAttributeAsync("data-run");
        await visit.Page.Keyboard.PressAsync("j");
        await Assertions.Expect(visit.Page.Locator("#peek")).Not.ToHaveAttributeAsync("data-run", first!);
        Assert.Contains("peek=", visit.Page.Url, StringComparison.Ordinal);
        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit.Page.Locator("#peek h2")).ToHaveTextAsync("support-agent");
        await visit.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(visit.Page.Locator("#peek")).ToBeHiddenAsync();
        Assert.DoesNotContain("peek=", visit.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_TwoChosenRows_ShowsWhatDiffers()
    {
        await using var visit = await site.VisitAsync(Project + "?q=name:support-agent", width: 1600, height: 1000);
        await RunsReadyAsync(visit);
        foreach (var key in (string[])["j", "x", "j", "x"])
        {
            await visit.Page.Keyboard.PressAsync(key);
        }

        await visit.Page.Locator("#chosen a").ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".diff").First).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator(".diff-lines .differs").First).ToBeVisibleAsync();
        await visit.PictureAsync("compare-light");
        await visit.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Compare_OneRun_OffersOthersOfItsName()
    {
        await using var visit = await site.VisitAsync($"/compare?a={site.Demo.AgentRun}&b=nonsense", dark: true);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("nonsense");
        await visit.PictureAsync("compare-choose-dark");
        await visit.AssertAccessibleAsync();
        await visit.Page.Locator(".candidates a").First.ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".compare-figures")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Columns_Hidden_StayHiddenInTheAddress()
    {
        await using var visit = await site.VisitAsync(Project);
        await visit.Page.GetByLabel("Columns").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Menuitemcheckbox, new() { Name = "Feedback" }).ClickAsync();
        await visit.ArrivesAsync("*hide=fb*");
        await Assertions.Expect(visit.Page.Locator(".run-row .c-fb").First).ToBeHiddenAsync();
        await visit.PictureAsync("runs-columns");
    }

    [Fact]
    public async Task View_Saved_IsListedForThePageAndForClients()
    {
        await using var visit = await site.VisitAsync(Project + "?q=status:error");
        await RunsReadyAsync(visit);
        await visit.Page.GetByLabel("Saved views").ClickAsync();
        await visit.Page.Locator("#views [data-save]").ClickAsync();
        await visit.Page.GetByLabel("Name of the view").FillAsync("only failures");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Locator("html[data-view=saved]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await visit.GoAsync(Project);
        await RunsReadyAsync(visit);
        await visit.Page.GetByLabel("Saved views").ClickAsync();
        await visit.PictureAsync("runs-views");
        await visit.Page.Locator("#views .list a", new() { HasText = "only failures" }).ClickAsync();
        await visit.ArrivesAsync("*q=status%3Aerror*");
        var views = JsonNode.Parse(await visit.Page.EvaluateAsync<string>(
            "fetch(document.getElementById('views').dataset.views).then(r => r.text())"))!.AsArray();
        Assert.Equal("eq(status, \"error\")", (string?)Assert.Single(views)!["filter_string"]);
    }

    [Theory]
    [InlineData("jsonl", "{")]
    [InlineData("parquet", "PAR1")]
    public async Task Export_InEachFormat_BeginsAsItShould(string format, string begin)
    {
        await using var visit = await site.VisitAsync(Project + "?q=tag:eu-west");
        var text = await visit.Page.EvaluateAsync<string>(
            $"fetch('/ui/export?project={DemoTraces.Project}&q=tag%3Aeu-west&format={format}').then(r => r.arrayBuffer())" +
            ".then(b => [...new Uint8Array(b).slice(0, 4)].map(c => String.fromCharCode(c)).join('') + '|' + b.byteLength)");
        Assert.StartsWith(begin, text, StringComparison.Ordinal);
        Assert.InRange(int.Parse(text.Split('|')[^1], System.Globalization.CultureInfo.InvariantCulture), 1_000, 10_000_000);
    }

    [Fact]
    public async Task Filter_InTheFilterLanguage_IsUnderstood()
    {
        await using var visit = await site.VisitAsync(Project + "?q=" + Uri.EscapeDataString("has(tags, \"eu-west\")"));
        await Assertions.Expect(visit.Page.Locator(".strip b").First).ToHaveTextAsync("40");
    }

    [Fact]
    public async Task Palette_ByKeys_GoesToAProjectAndShowsHelp()
    {
        await using var visit = await site.VisitAsync("/");
        await visit.Page.Keyboard.PressAsync("ControlOrMeta+k");
        await visit.Page.Keyboard.TypeAsync("support");
        await Assertions.Expect(visit.Page.Locator(".palette li").First).ToContainTextAsync("support-prod");
        await visit.PictureAsync("palette-light");
        await visit.AssertAccessibleAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.ArrivesAsync("*" + Project);
        await visit.Page.Keyboard.PressAsync("?");
        await Assertions.Expect(visit.Page.Locator("dialog.help")).ToContainTextAsync("next and previous error");
        await visit.PictureAsync("help-light");
    }

    private static Task RunsReadyAsync(Visit visit) =>
        visit.Page.Locator("html[data-runs=ready]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
}
