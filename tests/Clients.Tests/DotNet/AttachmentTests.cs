using System.Text.Json;
using LangSmith;

namespace Clients.Tests.DotNet;

/// <summary>Files of runs, to a server and back.</summary>
public sealed class AttachmentTests(EmbeddedServer server) : IClassFixture<EmbeddedServer>
{
    private static readonly CancellationToken s_token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task TracedMethod_FileAmongItsArguments_IsTheRunsFileOnTheServer()
    {
        var (image, id) = (new byte[] { 1, 2, 3, 250 }, Uuid7.NewGuid());
        await using (var tracer = new LangSmithTracer(server.Options(nameof(AttachmentTests))))
        using (tracer.Use())
        {
            AttachmentTests.Describe("what is this?", new RunAttachment("picture.png", "image/png", image), new RunOptions { RunId = id });
            Assert.True(await tracer.FlushAsync(TimeSpan.FromSeconds(20), s_token));
        }

        using var http = new HttpClient { BaseAddress = server.Url };
        using var run = JsonDocument.Parse(await http.GetStringAsync(new Uri($"/runs/{id}", UriKind.Relative), s_token));
        var file = run.RootElement.GetProperty("s3_urls").GetProperty("attachment.picture_png").GetProperty("presigned_url").GetString()!;
        using var read = await http.GetAsync(new Uri(file, UriKind.RelativeOrAbsolute), s_token);
        Assert.Equal(image, await read.Content.ReadAsByteArrayAsync(s_token));
        Assert.Equal("image/png", read.Content.Headers.ContentType?.MediaType);
        Assert.Equal("""{"question":"what is this?"}""", run.RootElement.GetProperty("inputs").GetRawText());
    }

    [Traceable]
    internal static int Describe(string question, RunAttachment image) => question.Length + image.Content.Length;
}
