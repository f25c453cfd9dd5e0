using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Web.Journeys.Support;

namespace Web.Journeys;

public sealed class IdJourneys(Site site)
{
    [Fact]
    public async Task ExternalId_InMetadata_OpensItsRun()
    {
        var run = DemoTraces.Run("order", "chain", DateTimeOffset.UtcNow, 1, null, null, null);
        run["extra"]!["metadata"]!["order"] = "ORD-2026-000417";
        await site.PostAsync("/api/v1/runs", run);
        await using var visit = await site.VisitAsync("/go?q=ORD-2026-000417");
        await visit.TraceReadyAsync();
        Assert.EndsWith("/r/" + (string)run["id"]!, visit.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TraceParent_OfASpan_OpensItsRun()
    {
        var run = DemoTraces.Run("span", "chain", DateTimeOffset.UtcNow, 1, null, null, null);
        var id = new Guid("00000000-0000-0000-00f0-67aa0ba902b7");
        run["id"] = id.ToString();
        run["trace_id"] = id.ToString();
        run["dotted_order"] = LangSmith.Protocol.DottedOrder.Print(null, DateTimeOffset.UtcNow, id);
        await site.PostAsync("/api/v1/runs", run);
        await using var visit = await site.VisitAsync("/go?q=" + Uri.EscapeDataString("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
        await visit.TraceReadyAsync();
        await Assertions.Expect(visit.Page.Locator(".detail h2")).ToHaveTextAsync("span");
    }

    [Fact]
    public async Task ProjectLinks_ThatClientsPrint_OpenTheTableOrThePeekedRun()
    {
        await using var visit = await site.VisitAsync("/");
        var project = (string)JsonNode.Parse(await visit.Page.EvaluateAsync<string>(
            $"fetch('/api/v1/sessions?name={DemoTraces.Project}').then(r => r.text())"))![0]!["id"]!;
        var link = $"/o/00000000-0000-7000-8000-000000000001/projects/p/{project}";
        await visit.GoAsync(link);
        Assert.EndsWith("/p/" + DemoTraces.Project, visit.Page.Url, StringComparison.Ordinal);
        await visit.GoAsync($"{link}?peek={site.Demo.AgentRun}");
        Assert.EndsWith($"/r/{site.Demo.AgentRun}", visit.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Share_OpensForAnybodyAndOnlyWhatIsBelow()
    {
        await using var visit = await site.VisitAsync($"/r/{site.Demo.ModelRun}", width: 1600, height: 1000);
        await visit.TraceReadyAsync();
        await visit.Page.Locator(".detail .menu summary").ClickAsync();
        await visit.Page.Locator(".detail [data-share]").ClickAsync();
        var link = await visit.Page.Locator("dialog.share input").InputValueAsync();
        await visit.PictureAsync("share-dialog");
        await visit.AssertAccessibleAsync();
        Assert.EndsWith("/r", link, StringComparison.Ordinal);

        await visit.GoAsync(link);
        await visit.TraceReadyAsync();
        await Assertions.Expect(visit.Page.Locator(".span")).ToHaveCountAsync(1);
        await Assertions.Expect(visit.Page.Locator(".detail h2")).ToHaveTextAsync("ChatAnthropic");
        await Assertions.Expect(visit.Page.Locator("form")).ToHaveCountAsync(0);
        await visit.PictureAsync("shared-light");
        await visit.AssertAccessibleAsync();
        var other = await visit.Page.EvaluateAsync<int>($"fetch('{new Uri(link).AbsolutePath}/{site.Demo.AgentRun}').then(r => r.status)");
        Assert.Equal(404, other);
    }

    [Fact]
    public async Task Identity_OfAConflict_ShowsBothContents()
    {
        var run = DemoTraces.Run("told twice", "chain", DateTimeOffset.UtcNow, 1, null, new JsonObject { ["n"] = 1 }, new JsonObject { ["answer"] = "first" });
        await site.PostAsync("/api/v1/runs", run);
        run["outputs"] = new JsonObject { ["answer"] = "second" };
        await site.PostAsync("/api/v1/runs", run);
        await using var visit = await site.VisitAsync($"/r/{(string)run["id"]!}?tab=identity", width: 1600, height: 1000);
        await visit.TraceReadyAsync();
        var conflict = visit.Page.Locator(".conflict", new() { HasText = "outputs" });
        await Assertions.Expect(conflict.Locator("pre").First).ToContainTextAsync("second");
        await Assertions.Expect(conflict.Locator("pre").Nth(1)).ToHaveTextAsync("""{ "answer": "first" }""");
        await visit.PictureAsync("identity-conflict");
        await visit.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Trace_BracketKeys_GoToItsNeighbours()
    {
        await using var visit = await site.VisitAsync($"/r/{site.Demo.AgentRun}");
        await visit.TraceReadyAsync();
        await visit.Page.Keyboard.PressAsync("]");
        await visit.ArrivesAsync(new Regex($"/r/(?!{site.Demo.AgentRun})"));
        await visit.TraceReadyAsync();
        await visit.Page.Keyboard.PressAsync("[");
        await visit.ArrivesAsync($"*/r/{site.Demo.AgentRun}");
    }
}
