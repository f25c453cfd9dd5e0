using Microsoft.Playwright;
using Web.Journeys.Support;

namespace Web.Journeys;

/// <summary>Datasets and experiments, as people go through them.</summary>
public sealed class DatasetJourneys(Site site)
{
    [Theory]
    [InlineData("/datasets", "datasets")]
    [InlineData("/datasets/{0}", "dataset")]
    [InlineData("/datasets/{0}?tab=experiments", "dataset-experiments")]
    [InlineData("/datasets/{0}?tab=versions", "dataset-versions")]
    [InlineData("/datasets/{0}/e/{1}", "example")]
    [InlineData("/datasets/{0}/add", "example-new")]
    [InlineData("/datasets/{0}/compare?selectedSessions={2},{3}", "compare")]
    [InlineData("/datasets/{0}/compare?selectedSessions={2},{3}&example={1}", "compare-example")]
    [InlineData("/datasets/{0}/compare?selectedSessions={2}", "compare-one")]
    public async Task Page_InBothThemesAndNarrow_IsAccessibleAndFits(string path, string name)
    {
        var demo = await DemoCuration.OfAsync(site);
        await site.AssertPageAsync(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, path, demo.Dataset, demo.Examples[1], demo.Experiments[0], demo.Experiments[1]), name);
    }

    [Fact]
    public async Task Dataset_MadeOfAFileAndChanged_KeepsEveryVersion()
    {
        await DemoCuration.OfAsync(site);
        await using var visit = await site.VisitAsync("/datasets");
        await visit.Page.Locator("summary", new() { HasText = "New dataset" }).ClickAsync();
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("from-a-file");
        await visit.Page.GetByLabel("File: CSV").SetInputFilesAsync(new FilePayload
        {
            Name = "rows.csv",
            MimeType = "text/csv",
            Buffer = "question,answer\n\"Why, then?\",Because.\nWho?,You.\n"u8.ToArray(),
        });
        await visit.Page.GetByLabel("Output columns").FillAsync("answer");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("table.examples tbody tr")).ToHaveCountAsync(2);

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Add example" }).ClickAsync();
        await visit.Page.GetByLabel("Inputs (JSON)").FillAsync("{ no json");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("no JSON, see line 1");
        await Assertions.Expect(visit.Page.GetByLabel("Inputs (JSON)")).ToHaveValueAsync("{ no json");
        await visit.PictureAsync("example-problem");
        await visit.Page.GetByLabel("Inputs (JSON)").FillAsync("{\"question\": \"When?\"}");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await visit.ArrivesAsync("*/e/*");
        await visit.Page.GetByLabel("Reference outputs (JSON)").FillAsync("{\"answer\": \"Now.\"}");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save as a new version" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".two")).ToContainTextAsync("Now.");
        await visit.Page.Locator("button.danger").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("table.examples tbody tr")).ToHaveCountAsync(2);

        await visit.Page.Locator(".tabs a", new() { HasText = "Versions" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("table tbody tr")).ToHaveCountAsync(4);
        await visit.Page.Locator("input[name=tag]").Nth(1).FillAsync("with-three");
        await visit.Page.Locator("input[name=tag]").Nth(1).PressAsync("Enter");
        await visit.Page.Locator("a.tag", new() { HasText = "with-three" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("table.examples tbody tr")).ToHaveCountAsync(3);
        await visit.PictureAsync("dataset-tagged-version");

        var csv = await visit.Page.EvaluateAsync<string>("fetch(document.querySelector('a[download]').href).then(r => r.text())");
        Assert.Contains("\"When?\",\"Now.\"", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comparison_OfTheLinkThatSdksPrint_MarksWhatGotWorse()
    {
        var demo = await DemoCuration.OfAsync(site);
        await using var visit = await site.VisitAsync($"/o/{Guid.NewGuid()}/datasets/{demo.Dataset}/compare?selectedSessions={demo.Experiments[1]}");
        Assert.Contains($"/datasets/{demo.Dataset}/compare", visit.Page.Url, StringComparison.Ordinal);
        await visit.Page.Locator("summary", new() { HasText = "Choose" }).ClickAsync();
        await visit.Page.GetByLabel("answers-gpt-5-mini").CheckAsync();
        await visit.PictureAsync("compare-choose");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("td.regressed")).ToHaveCountAsync(2);
        await Assertions.Expect(visit.Page.Locator("thead .bad", new() { HasText = "2 worse" })).ToBeVisibleAsync();
        await visit.Page.Locator(".seg a", new() { HasText = "Got worse" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".compare-table tbody tr")).ToHaveCountAsync(2);
        await visit.PictureAsync("compare-worse");
        await visit.Page.Locator("a", new() { HasText = "make baseline" }).ClickAsync();
        await visit.Page.Locator(".seg a", new() { HasText = "Got worse" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".compare-table tbody tr")).ToHaveCountAsync(1);
    }
}
