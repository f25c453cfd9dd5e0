using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Web.Journeys.Support;

namespace Web.Journeys;

public sealed class TraceJourneys(Site site)
{
    private static readonly string[] s_urls = ["{0:D}", "{0:N}", "urn:uuid:{0:D}", "see https://x.test/o/00000000-0000-7000-8000-000000000001/projects/p/00000000-0000-7000-8000-000000000001/r/{0:D}?poll=true", "run--{0:D}-0"];

    [Fact]
    public async Task PasteBox_AnyFormOfAnId_OpensTheRun()
    {
        await using var visit = await site.VisitAsync("/");
        foreach (var form in s_urls)
        {
            await visit.Page.Keyboard.PressAsync("Escape");
            await visit.Page.Keyboard.PressAsync("/");
            await visit.Page.Keyboard.InsertTextAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, form, site.Demo.ModelRun));
            await visit.Page.Keyboard.PressAsync("Enter");
            await visit.ArrivesAsync($"*/r/{site.Demo.ModelRun}");
            await visit.TraceReadyAsync();
        }

        await Assertions.Expect(visit.Page.Locator(".detail h2")).ToHaveTextAsync("ChatAnthropic");
    }

    [Fact]
    public async Task Trace_OfAnAgent_ShowsItWholeAndAccessibly()
    {
        await using var visit = await site.VisitAsync($"/r/{site.Demo.AgentRun}", width: 1600, height: 1000);
        await visit.TraceReadyAsync();
        await Assertions.Expect(visit.Page.Locator(".span")).ToHaveCountAsync(18);
        await Assertions.Expect(visit.Page.Locator(".detail .prose table")).ToBeVisibleAsync();
        await visit.LookAsync("trace");

        await visit.GoAsync($"/r/{site.Demo.ModelRun}");
        await visit.TraceReadyAsync();
        await Assertions.Expect(visit.Page.Locator(".call b")).ToHaveTextAsync("sql_query");
        await visit.LookAsync("trace-llm");
    }

    [Fact]
    public async Task Trace_KeysOnly_WalkFoldFindAndShowErrors()
    {
        await using var visit = await site.VisitAsync($"/r/{site.Demo.AgentRun}");
        await visit.TraceReadyAsync();
        var keyboard = visit.Page.Keyboard;
        await keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(visit.Page.Locator(".detail h2")).ToHaveTextAsync("load_memory");
        await keyboard.PressAsync("e");
        await Assertions.Expect(visit.Page.Locator(".detail .error-box b")).ToHaveTextAsync("TimeoutError");
        Assert.DoesNotContain(site.Demo.AgentRun.ToString(), visit.Page.Url, StringComparison.Ordinal);
        await visit.PictureAsync("trace-error-light");
        await keyboard.PressAsync("Shift+ArrowLeft");
        await Assertions.Expect(visit.Page.Locator(".span")).ToHaveCountAsync(5);
        await keyboard.PressAsync("f");
        await keyboard.TypeAsync("anthropic");
        await Assertions.Expect(visit.Page.Locator(".span .hit")).ToHaveTextAsync("ChatAnthropic");
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator(".detail h2")).ToHaveTextAsync("ChatAnthropic");
        Assert.Contains("find=anthropic", visit.Page.Url, StringComparison.Ordinal);
        await visit.Page.GoBackAsync();
        await Assertions.Expect(visit.Page.Locator(".detail h2")).ToHaveTextAsync("fetch_page");
    }

    [Fact]
    public async Task Trace_Views_AreInTheAddress()
    {
        await using var visit = await site.VisitAsync($"/r/{site.Demo.AgentRun}");
        await visit.TraceReadyAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Flame" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#flame canvas")).ToBeVisibleAsync();
        await visit.PictureAsync("flame-light");
        Assert.Contains("view=flame", visit.Page.Url, StringComparison.Ordinal);
        await visit.Page.ReloadAsync();
        await visit.TraceReadyAsync();
        await Assertions.Expect(visit.Page.Locator("#flame canvas")).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Tree" }).ClickAsync();
        await visit.PictureAsync("tree-light");
        await Assertions.Expect(visit.Page.Locator(".span .time").First).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Trace_TenThousandRuns_KeepsFewRowsAndScrolls()
    {
        await using var visit = await site.VisitAsync($"/r/{site.Demo.BigRun}", width: 1600, height: 1000);
        await visit.TraceReadyAsync();
        await Assertions.Expect(visit.Page.Locator("#span-count")).ToHaveTextAsync("10,001");
        await visit.PictureAsync("trace-10k-light");
        await visit.Page.Keyboard.PressAsync("Shift+ArrowRight");
        await visit.Page.Keyboard.PressAsync("End");
        await Assertions.Expect(visit.Page.Locator(".span[aria-posinset='10001']")).ToBeVisibleAsync();
        Assert.InRange(await visit.Page.Locator(".span").CountAsync(), 20, 89);
        await visit.Page.Keyboard.PressAsync("v");
        await visit.PictureAsync("trace-10k-fit-light");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Flame" }).ClickAsync();
        await visit.PictureAsync("trace-10k-flame-light");
    }

    [Fact]
    public async Task Feedback_GivenOnThePage_IsShownAndKept()
    {
        var run = DemoTraces.Run("judged", "chain", DateTimeOffset.UtcNow.AddMinutes(-1), 1, null, null, null);
        await site.PostAsync("/api/v1/runs", run);
        await using var visit = await site.VisitAsync($"/r/{(string)run["id"]!}");
        await visit.TraceReadyAsync();
        await visit.Page.GetByLabel("Comment").FillAsync("Exactly right");
        await visit.Page.GetByLabel("Good: user_score 1").ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".feedback .item")).ToContainTextAsync("Exactly right");
        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit.Page.Locator(".feedback .item b").First).ToHaveTextAsync("user_score");
    }

    [Fact]
    public async Task Trace_WhileItRuns_GrowsByItself()
    {
        var start = DateTimeOffset.UtcNow.AddSeconds(-2);
        var root = DemoTraces.Run("growing", "chain", start, -1, null, new JsonObject { ["question"] = "still?" }, null);
        await site.PostAsync("/api/v1/runs", root);
        await using var visit = await site.VisitAsync($"/r/{(string)root["id"]!}");
        await visit.TraceReadyAsync();
        await Assertions.Expect(visit.Page.Locator("#live")).ToBeVisibleAsync();
        await visit.PictureAsync("trace-live-light");
        await site.PostAsync("/api/v1/runs", DemoTraces.Run("late child", "tool", start.AddSeconds(1), 0.5, root, null, null));
        await Assertions.Expect(visit.Page.Locator(".span .name").Nth(1)).ToHaveTextAsync("late child");
        await Assertions.Expect(visit.Page.Locator("#span-count")).ToHaveTextAsync("2");
        await site.PostAsync("/api/v1/runs/batch", new JsonObject
        {
            ["patch"] = new JsonArray(new JsonObject
            {
                ["id"] = (string)root["id"]!,
                ["trace_id"] = (string)root["trace_id"]!,
                ["dotted_order"] = (string)root["dotted_order"]!,
                ["end_time"] = start.AddSeconds(2).ToString("O"),
                ["outputs"] = new JsonObject { ["answer"] = "Done at last." },
            }),
        });
        await Assertions.Expect(visit.Page.Locator(".trace-head .pill.success")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator(".detail")).ToContainTextAsync("Done at last.");
        await Assertions.Expect(visit.Page.Locator("#live")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task UnknownRun_Waits_ShowsItsFeedbackAndOpensOnArrival()
    {
        var run = DemoTraces.Run("arrived at last", "chain", DateTimeOffset.UtcNow, 1, null, null, null);
        await using var visit = await site.VisitAsync($"/r/{site.Demo.WaitedFor}");
        await Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Waiting for this run");
        await Assertions.Expect(visit.Page.Locator(".feedback")).ToContainTextAsync("Given before the run.");
        await visit.PictureAsync("waiting-light");
        await visit.AssertAccessibleAsync();

        await visit.GoAsync($"/r/{(string)run["id"]!}");
        await Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Waiting for this run");
        await site.PostAsync("/api/v1/runs", run);
        await Assertions.Expect(visit.Page.Locator(".detail h2")).ToHaveTextAsync("arrived at last");
    }

    [Fact]
    public async Task Tabs_OfARun_ShowMetadataIdentityAndRaw()
    {
        await using var visit = await site.VisitAsync($"/r/{site.Demo.AgentRun}?tab=identity", width: 1600, height: 1000);
        await visit.TraceReadyAsync();
        await Assertions.Expect(visit.Page.Locator(".detail .pairs").First).ToContainTextAsync("UUIDv7");
        await visit.PictureAsync("identity-light");
        await visit.AssertAccessibleAsync();
        await visit.Page.Locator(".tabs [data-tab=metadata]").ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".detail .pairs").First).ToContainTextAsync("acme");
        await visit.Page.Locator(".tabs [data-tab=raw]").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#raw")).ToContainTextAsync("\"dotted_order\"");
    }

    [Theory]
    [InlineData("/o/00000000-0000-7000-8000-000000000001/projects/p/00000000-0000-7000-8000-000000000001/r/{0}?poll=true")]
    [InlineData("/o/00000000-0000-7000-8000-000000000001/r/{0}")]
    [InlineData("/r/{0}")]
    public async Task Links_ThatClientsPrint_OpenTheRun(string link)
    {
        await using var visit = await site.VisitAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, link, site.Demo.AgentRun));
        await visit.TraceReadyAsync();
        await Assertions.Expect(visit.Page.Locator(".detail h2")).ToHaveTextAsync("support-agent");
    }
}
