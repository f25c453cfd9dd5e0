using Microsoft.Playwright;
using Web.Journeys.Support;

namespace Web.Journeys;

/// <summary>Reviewing runs, as people do it.</summary>
public sealed class QueueJourneys(Site site)
{
    [Theory]
    [InlineData("/annotation-queues", "queues")]
    [InlineData("/annotation-queues/{0}?item={1}", "queue-review")]
    public async Task Page_InBothThemesAndNarrow_IsAccessibleAndFits(string path, string name)
    {
        var demo = await DemoCuration.OfAsync(site);
        await site.AssertPageAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, path, demo.Queue, demo.QueueRuns[2]), name);
    }

    [Fact]
    public async Task Review_ByKeyboardAlone_GivesFeedbackAndGoesOn()
    {
        var demo = await DemoCuration.OfAsync(site);
        await using var visit = await site.VisitAsync("/annotation-queues");
        await visit.Page.Locator("summary", new() { HasText = "New queue" }).ClickAsync();
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("By keyboard");
        await visit.Page.GetByLabel("Feedback keys").FillAsync("correct, tone");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".empty b")).ToHaveTextAsync("Nothing waits here yet");
        await visit.PictureAsync("queue-empty");
        await visit.Page.Locator("summary", new() { HasText = "Add runs" }).ClickAsync();
        await visit.Page.GetByLabel("Run ids").FillAsync(string.Join('\n', demo.QueueRuns));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".review-run header")).ToContainTextAsync("1 of 3");
        var first = await visit.Page.Locator(".review-run h2").TextContentAsync();

        await visit.Page.Keyboard.PressAsync("j");
        await Assertions.Expect(visit.Page.Locator(".review-run header")).ToContainTextAsync("2 of 3");
        await visit.Page.Keyboard.PressAsync("k");
        await Assertions.Expect(visit.Page.Locator(".review-run header")).ToContainTextAsync("1 of 3");
        await visit.Page.Keyboard.PressAsync("2");
        await visit.Page.Keyboard.PressAsync("1");
        await Assertions.Expect(visit.Page.Locator("input[name=answer-0]:checked")).ToHaveValueAsync("1");
        await Assertions.Expect(visit.Page.Locator("input[name=answer-1]:checked")).ToHaveValueAsync("0");
        await visit.Page.GetByLabel("Comment on correct").FillAsync("The day is wrong");
        await visit.PictureAsync("queue-answered");
        await visit.Page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(visit.Page.Locator(".review-run header")).ToContainTextAsync("1 of 2 · 1 done");
        await Assertions.Expect(visit.Page.Locator(".review-run h2")).Not.ToHaveTextAsync(first!);

        await visit.GoAsync($"/r/{demo.QueueRuns[0]}?tab=feedback");
        await Assertions.Expect(visit.Page.Locator("#feedback")).ToContainTextAsync("The day is wrong");
        await Assertions.Expect(visit.Page.Locator("#feedback")).ToContainTextAsync("kind");
    }

    [Fact]
    public async Task Review_WithoutARequiredAnswer_IsNotDone()
    {
        var demo = await DemoCuration.OfAsync(site);
        await using var visit = await site.VisitAsync($"/annotation-queues/{demo.Queue}?item={demo.QueueRuns[1]}");
        await visit.Page.EvaluateAsync("document.getElementById('review').noValidate = true");
        await visit.Page.Keyboard.PressAsync("d");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("“correct” is still to be answered");
        await visit.PictureAsync("queue-problem");
    }
}
