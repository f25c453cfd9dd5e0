using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Web.Journeys.Support;

namespace Web.Journeys;

/// <summary>From a run into an annotation queue or a dataset.</summary>
public sealed class CollectJourneys(Site site)
{
    [Fact]
    public async Task Run_AddedByKeysToAQueueAndADataset_IsInBoth()
    {
        await site.PostAsync("/api/v1/annotation-queues", new JsonObject { ["name"] = "Odd answers" });
        await site.PostAsync("/api/v1/datasets", new JsonObject { ["name"] = "odd-questions" });
        var run = DemoTraces.Run("to be judged", "chain", DateTimeOffset.UtcNow, 1, null, new JsonObject { ["question"] = "Kept?" }, new JsonObject { ["answer"] = "Kept." });
        await site.PostAsync("/api/v1/runs", run);
        var id = (string)run["id"]!;
        await using var visit = await site.VisitAsync($"/r/{id}", dark: true);
        await visit.TraceReadyAsync();
        await visit.Page.Keyboard.PressAsync("a");
        await visit.Page.GetByLabel("Annotation queue").SelectOptionAsync("Odd answers");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add to the queue" }).PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator(".collect .done")).ToContainTextAsync("annotation queue Odd answers");
        var queued = await visit.Page.Locator(".collect .done a").GetAttributeAsync("href");
        await visit.Page.GetByLabel("Dataset").SelectOptionAsync("odd-questions");
        await visit.Page.GetByLabel("Split").FillAsync("from-traces");
        await visit.PictureAsync("collect-dark");
        await visit.AssertAccessibleAsync();
        await visit.Page.GetByLabel("Split").PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator(".collect .done")).ToContainTextAsync("dataset odd-questions");
        await visit.Page.Locator(".collect .done a").ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".two")).ToContainTextAsync("Kept.");
        await Assertions.Expect(visit.Page.Locator(".facts-line .tag")).ToHaveTextAsync("from-traces");
        await Assertions.Expect(visit.Page.Locator($".facts-line a[href='/r/{id}']")).ToBeVisibleAsync();
        await visit.GoAsync(queued!);
        await Assertions.Expect(visit.Page.Locator(".review-run h2")).ToHaveTextAsync("to be judged");
    }
}
