using Web.Journeys.Support;

namespace Web.Journeys;

/// <summary>Content that would run, load or break out wherever it is not encoded, in every field of these pages.</summary>
public sealed class HostileCurationJourneys(Site site)
{
    [Theory]
    [InlineData("/datasets", "datasets")]
    [InlineData("/datasets/{0}", "dataset")]
    [InlineData("/datasets/{0}?tab=experiments", "experiments")]
    [InlineData("/datasets/{0}?tab=versions", "versions")]
    [InlineData("/datasets/{0}/compare?selectedSessions={1}", "compare")]
    [InlineData("/datasets/{0}/compare", "compare-default")]
    [InlineData("/annotation-queues", "queues")]
    [InlineData("/annotation-queues/{2}", "queue")]
    [InlineData("/prompts", "prompts")]
    [InlineData("/prompts/hostile-prompt", "prompt")]
    [InlineData("/settings/keys", "keys")]
    [InlineData("/settings/feedback", "feedback")]
    public async Task HostileContent_InEveryField_NeitherRunsNorLoads(string path, string name)
    {
        var demo = await DemoCuration.OfAsync(site);
        var address = string.Format(System.Globalization.CultureInfo.InvariantCulture, path, demo.HostileDataset, demo.HostileExperiment, demo.HostileQueue);
        await using var visit = await site.VisitAsync(address);
        Assert.Contains("onerror=alert(1)", await visit.Page.Locator("main").TextContentAsync(), StringComparison.Ordinal);
        await visit.AssertHarmlessAsync();
        await visit.PictureAsync("hostile-" + name);
        await visit.Page.SetViewportSizeAsync(390, 844);
        await visit.AssertFitsAsync();
    }

    [Fact]
    public async Task HostileContent_ComparedAndOpened_NeitherRunsNorLoads()
    {
        var demo = await DemoCuration.OfAsync(site);
        await using var visit = await site.VisitAsync($"/datasets/{demo.HostileDataset}");
        await visit.Page.Locator("table.examples a.mono").First.ClickAsync();
        await visit.ArrivesAsync("*/e/*");
        await visit.AssertHarmlessAsync();
        await visit.PictureAsync("hostile-example");
        await visit.GoAsync("/prompts/hostile-prompt");
        await visit.Page.Locator("a", new() { HasText = "compare with" }).ClickAsync();
        await visit.ArrivesAsync("*against=*");
        await visit.AssertHarmlessAsync();
        await visit.GoAsync($"/datasets/{demo.HostileDataset}/compare");
        await visit.Page.Locator("tbody .example-col a").First.ClickAsync();
        await visit.ArrivesAsync("*example=*");
        await visit.AssertHarmlessAsync();
        await visit.PictureAsync("hostile-compare-example");
    }
}
