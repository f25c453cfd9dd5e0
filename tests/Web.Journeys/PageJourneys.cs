using Microsoft.Playwright;
using Web.Journeys.Support;

namespace Web.Journeys;

public sealed class PageJourneys(Site site)
{
    private const string Project = "/p/" + DemoTraces.Project;

    [Theory]
    [InlineData("/", "projects", "html[data-ready]")]
    [InlineData(Project, "runs", "html[data-overview=ready]")]
    [InlineData(Project + "?q=status:error", "runs-filter", "html[data-overview=ready]")]
    [InlineData(Project + "/threads/thread-1", "threads", "html[data-ready]")]
    [InlineData(Project + "/dashboard", "dashboard", "html[data-charts=ready]")]
    [InlineData(Project + "/dashboard?group=model", "dashboard-model", "html[data-charts=ready]")]
    [InlineData(Project + "/dashboard?range=1h&q=name:support-agent", "dashboard-filter", "html[data-charts=ready]")]
    [InlineData("/settings", "connect", "html[data-ready]")]
    public Task Page_InBothThemesAndNarrow_IsAccessibleAndFits(string path, string name, string ready) => site.AssertPageAsync(path, name, ready);

    [Fact]
    public async Task Trace_OnAPhone_Fits()
    {
        await using var visit = await site.VisitAsync($"/r/{site.Demo.AgentRun}", dark: true, 390, 844);
        await visit.TraceReadyAsync();
        await visit.PictureAsync("mobile-dark");
        await visit.AssertFitsAsync();
        await visit.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Filter_WithSuggestions_NarrowsTheTableAndShowsItsText()
    {
        await using var visit = await site.VisitAsync(Project);
        await visit.Page.Keyboard.PressAsync("f");
        await visit.Page.Keyboard.TypeAsync("cust");
        await visit.Page.Keyboard.PressAsync("ControlOrMeta+a");
        await visit.Page.Keyboard.TypeAsync("tag:eu");
        await Assertions.Expect(visit.Page.Locator("#completion li")).ToHaveCountAsync(1);
        await visit.PictureAsync("filter-suggestions");
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.ArrivesAsync("*q=tag%3Aeu-west*");
        await Assertions.Expect(visit.Page.Locator(".filter-text code")).ToHaveTextAsync("has(tags, \"eu-west\")");
        await Assertions.Expect(visit.Page.Locator(".strip b").First).ToHaveTextAsync("40");
    }

    [Fact]
    public async Task Facet_Clicked_FiltersAndIsMarked()
    {
        await using var visit = await site.VisitAsync(Project);
        await visit.Page.Locator(".facets a", new() { HasText = "error" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".facets a[aria-current]")).ToContainTextAsync("error");
        await visit.Page.GoBackAsync();
        await Assertions.Expect(visit.Page.Locator(".facets a[aria-current]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Table_Scrolled_LoadsEveryRun()
    {
        await using var visit = await site.VisitAsync(Project);
        await Assertions.Expect(visit.Page.Locator("a.run-row").Nth(49)).ToBeAttachedAsync();
        await visit.Page.EvaluateAsync("document.getElementById('table').scrollTop = 1e9");
        await Assertions.Expect(visit.Page.Locator("a.run-row").Nth(119)).ToBeAttachedAsync();
        var addresses = await visit.Page.Locator("a.run-row").EvaluateAllAsync<string[]>("rows => rows.map(row => row.href)");
        Assert.InRange(addresses.Length, 120, 149);
        Assert.Equal(addresses.Length, addresses.Distinct().Count());
    }

    [Fact]
    public async Task Table_ScrolledFarAndBack_LosesNoRow()
    {
        await using var visit = await site.VisitAsync("/p/big?level=all&range=all");
        var table = visit.Page.Locator("#table");
        var newest = await visit.Page.Locator("a.run-row").First.GetAttributeAsync("href");
        for (var rows = 50; rows <= 2_250; rows += 50)
        {
            await table.EvaluateAsync("table => table.scrollTop = table.scrollHeight");
            await Assertions.Expect(visit.Page.Locator("a.run-row").Nth(rows)).ToBeAttachedAsync();
        }

        await table.EvaluateAsync("table => table.scrollTop = 0");
        await Assertions.Expect(visit.Page.Locator("a.run-row").First).ToBeInViewportAsync();
        var addresses = await visit.Page.Locator("a.run-row").EvaluateAllAsync<string[]>("rows => rows.map(row => new URL(row.href).pathname)");
        Assert.Equal(newest, addresses[0]);
        Assert.True(addresses.Length > 2_250, $"{addresses.Length} rows");
        Assert.Equal(addresses.Length, addresses.Distinct().Count());
    }

    [Fact]
    public async Task Table_Live_ShowsRunsAsTheyCome()
    {
        await using var visit = await site.VisitAsync("/p/default");
        await Assertions.Expect(visit.Page.Locator(".empty").First).ToContainTextAsync("Waiting for the first run");
        await Assertions.Expect(visit.Page.Locator(".setup h3")).ToHaveTextAsync(["C#", "Python", "JavaScript"]);
        await Assertions.Expect(visit.Page.Locator("#env")).ToContainTextAsync($"LANGSMITH_ENDPOINT={site.Url}/api/v1");
        await Assertions.Expect(visit.Page.Locator("#env")).ToContainTextAsync("LANGSMITH_PROJECT=\"default\"");
        await visit.PictureAsync("runs-empty-light");
        await site.PostAsync("/api/v1/runs", DemoTraces.Run("just now", "chain", DateTimeOffset.UtcNow, 1, null, null, null, "default"));
        await Assertions.Expect(visit.Page.Locator("a.run-row b")).ToHaveTextAsync("just now");
        await Assertions.Expect(visit.Page.Locator(".setup")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task HostileContent_InEveryField_NeitherRunsNorLoads()
    {
        await using var visit = await site.VisitAsync($"/r/{site.Demo.HostileRun}");
        await visit.TraceReadyAsync();
        foreach (var tab in new[] { "messages", "feedback", "metadata", "identity", "raw" })
        {
            await visit.GoAsync($"/r/{site.Demo.HostileRun}?tab={tab}");
            await visit.TraceReadyAsync();
            await visit.AssertHarmlessAsync();
            await visit.PictureAsync("hostile-" + tab);
        }

        var project = Uri.EscapeDataString(DemoTraces.Hostile);
        await visit.GoAsync($"/p?level=all&q={project}");
        await visit.GoAsync("/");
        await visit.Page.Locator($".project[href='/p/{project}']").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("a.run-row")).ToHaveCountAsync(1);
        foreach (var table in (string[])[$"/p/{project}?level=all", $"/p?level=all&q=status:error"])
        {
            await visit.GoAsync(table);
            await visit.Page.Locator("html[data-overview=ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
            await visit.AssertHarmlessAsync();
        }

        foreach (var page in (string[])["", "/threads", "/dashboard", "/nothing"])
        {
            await visit.GoAsync($"/p/{project}{page}");
            await visit.AssertHarmlessAsync();
        }
    }

    [Fact]
    public async Task Export_OfAFilteredTable_HoldsItsRuns()
    {
        await using var visit = await site.VisitAsync(Project + "?q=tag:eu-west");
        var csv = await visit.Page.EvaluateAsync<string>("fetch(document.querySelector('.menu a[download]').href).then(r => r.text())");
        Assert.Equal(40, csv.Split("support-agent").Length - 1);
        Assert.StartsWith("id,trace_id", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dashboard_PointClicked_OpensItsRuns()
    {
        await using var visit = await site.VisitAsync(Project + "/dashboard");
        await visit.Page.Locator("html[data-charts=ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await visit.Page.Locator(".u-over").Nth(1).ClickAsync(new() { Position = new() { X = 200, Y = 60 } });
        await visit.ArrivesAsync("*/p/support-prod?from=*");
    }

    [Fact]
    public async Task Dashboard_FilteredAndGrouped_KeepsBothInItsAddress()
    {
        await using var visit = await site.VisitAsync(Project + "/dashboard");
        await visit.Page.Keyboard.PressAsync("f");
        await visit.Page.Keyboard.TypeAsync("tag:eu-w");
        await Assertions.Expect(visit.Page.Locator("#completion li")).ToHaveCountAsync(1);
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator(".filter-text code")).ToHaveTextAsync("has(tags, \"eu-west\")");
        await Assertions.Expect(visit.Page.Locator(".figure b").Nth(1)).ToHaveTextAsync("40");

        await visit.Page.GetByLabel("Group", new() { Exact = true }).SelectOptionAsync("name");
        await visit.ArrivesAsync("*/dashboard?range=24h&q=tag%3Aeu-west&group=name");
        await Assertions.Expect(visit.Page.Locator(".chart h2").First).ToHaveTextAsync("Latency p95");

        await visit.Page.GotoAsync(site.Url + Project + "/dashboard?q=model:gpt-5-mini");
        await Assertions.Expect(visit.Page.Locator(".empty")).ToContainTextAsync("No traces of this time match the filter");
        await visit.PictureAsync("dashboard-no-match");
        await visit.Page.GetByText("Look at all runs").ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".chart h2").First).ToHaveTextAsync("Latency p95");
    }
}
