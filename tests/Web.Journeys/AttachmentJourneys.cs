using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Web.Journeys.Support;

namespace Web.Journeys;

/// <summary>Files of runs, of which any may be a program.</summary>
public sealed class AttachmentJourneys(Site site)
{
    private const string Script = "<script>parent.document.title='ran';alert(1)</script>";

    [Fact]
    public async Task Attachments_ThatHoldScripts_NeitherRunNorShowThemselvesAsPictures()
    {
        var run = DemoTraces.Run("with files", "chain", DateTimeOffset.UtcNow, 1, null, null, null);
        var id = (string)run["id"]!;
        (string Name, string Type, byte[] Content)[] files =
        [
            ("page.html", "text/html", Encoding.UTF8.GetBytes($"<title>quiet</title>{Script}<img src=x onerror=alert(2)>")),
            ("drawing.svg", "image/svg+xml", Encoding.UTF8.GetBytes($"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(3)'>{Script}</svg>")),
            ("lying.png", "text/html; charset=utf-8", Encoding.UTF8.GetBytes(Script)),
            ("<img src=x onerror=alert(4)>", "application/xhtml+xml", Encoding.UTF8.GetBytes($"<html xmlns='http://www.w3.org/1999/xhtml'>{Script}</html>")),
            ("dot.png", "image/png", Convert.FromBase64String(
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")),
        ];
        await PostAsync(id, run, files);

        await using var visit = await site.VisitAsync($"/r/{id}");
        await visit.TraceReadyAsync();
        await Assertions.Expect(visit.Page.Locator(".files .file")).ToHaveCountAsync(files.Length);
        await Assertions.Expect(visit.Page.Locator("main img:not(.files img[alt='dot.png'])")).ToHaveCountAsync(0);
        await visit.PictureAsync("attachments-light");
        await visit.AssertAccessibleAsync();
        // A tab of its own: the browser writes into the console what it refuses to run.
        var tab = await visit.Page.Context.NewPageAsync();
        var ran = new List<string>();
        tab.Dialog += (_, dialog) =>
        {
            ran.Add(dialog.Message);
            _ = dialog.DismissAsync();
        };
        foreach (var address in await visit.Page.Locator(".files a.file").EvaluateAllAsync<string[]>("links => links.map(link => link.href)"))
        {
            var answer = await tab.GotoAsync(address);
            Assert.Equal(200, answer!.Status);
            Assert.StartsWith("sandbox;", answer.Headers["content-security-policy"], StringComparison.Ordinal);
            Assert.DoesNotContain("allow-scripts", answer.Headers["content-security-policy"], StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Headers["x-content-type-options"]);
            Assert.NotEqual("ran", await tab.TitleAsync());
        }

        Assert.Empty(ran);
    }

    private async Task PostAsync(string id, JsonObject run, (string Name, string Type, byte[] Content)[] files)
    {
        using var body = new MultipartFormDataContent();
        foreach (var field in new[] { "inputs", "outputs", "extra" })
        {
            run.Remove(field);
        }

        body.Add(new StringContent(run.ToJsonString(), Encoding.UTF8, "application/json"), $"post.{id}");
        foreach (var (name, type, content) in files)
        {
            var part = new ByteArrayContent(content);
            part.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            body.Add(part, $"\"attachment.{id}.{name}\"");
        }

        using var http = new HttpClient { BaseAddress = new Uri(site.Url) };
        using var answer = await http.PostAsync(new Uri("/runs/multipart", UriKind.Relative), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
