using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using LangSmith;
using LangSmith.Server.Ingest;
using Server.Tests.Support;

namespace Server.Tests.Ingest;

/// <summary>Every limit refuses by name, and what is within it is stored.</summary>
public sealed class IngestLimitTests
{
    [Fact]
    public async Task Attachment_AboveItsLimit_IsLeftOutByNameAndTheRunStored()
    {
        await using var server = await StartAsync(new IngestLimits { AttachmentBytesMax = 10 });
        var id = Uuid7.NewGuid();
        using var body = new MultipartFormDataContent
        {
            { Json(TestServer.NewRun(id).ToJsonString()), $"post.{id}" },
            { new ByteArrayContent(new byte[11]), $"attachment.{id}.big" },
            { new ByteArrayContent(new byte[10]), $"attachment.{id}.small" },
        };
        using var response = await server.Http.PostAsync(new Uri("/runs/multipart", UriKind.Relative), body, TestServer.Cancellation);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("AttachmentBytesMax", await response.Content.ReadAsStringAsync(TestServer.Cancellation), StringComparison.Ordinal);
        var attachments = (await server.GetAsync($"/runs/{id}")).GetProperty("s3_urls").EnumerateObject().Select(p => p.Name);
        Assert.Equal(["attachment.small"], attachments);
    }

    [Fact]
    public async Task Field_AboveItsLimit_SinksItsRunAlone()
    {
        await using var server = await StartAsync(new IngestLimits { FieldBytesMax = 1_000 });
        Guid[] ids = [Uuid7.NewGuid(), Uuid7.NewGuid()];
        using var body = new MultipartFormDataContent
        {
            { Json(TestServer.NewRun(ids[0]).ToJsonString()), $"post.{ids[0]}" },
            { Json($"\"{new string('x', 1_000)}\""), $"post.{ids[0]}.inputs" },
            { Json(TestServer.NewRun(ids[1]).ToJsonString()), $"post.{ids[1]}" },
        };
        using var response = await server.Http.PostAsync(new Uri("/runs/multipart", UriKind.Relative), body, TestServer.Cancellation);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("FieldBytesMax", await response.Content.ReadAsStringAsync(TestServer.Cancellation), StringComparison.Ordinal);
        await server.GetAsync($"/runs/{ids[0]}", HttpStatusCode.NotFound);
        await server.GetAsync($"/runs/{ids[1]}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task Body_ThatDecodesBeyondItsLimit_Is413(string? encoding)
    {
        await using var server = await StartAsync(new IngestLimits { BodyBytesMax = 100_000 });
        var json = $$"""{"post":[],"padding":"{{new string('x', 200_000)}}"}""";
        using var content = new ByteArrayContent(Encode(Encoding.UTF8.GetBytes(json), encoding));
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        using var response = await server.Http.PostAsync(new Uri("/runs/batch", UriKind.Relative), content, TestServer.Cancellation);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestServer.Cancellation));
        Assert.Contains("BodyBytesMax", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static Task<TestServer> StartAsync(IngestLimits limits) => TestServer.StartAsync(options => options with { Limits = limits });

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static byte[] Encode(byte[] bytes, string? encoding)
    {
        using var encoded = new MemoryStream();
        switch (encoding)
        {
            case "gzip":
                using (var gzip = new GZipStream(encoded, CompressionLevel.Fastest, leaveOpen: true))
                {
                    gzip.Write(bytes);
                }

                return encoded.ToArray();
            case "zstd":
                using (var zstd = new ZstdSharp.CompressionStream(encoded, leaveOpen: true))
                {
                    zstd.Write(bytes);
                }

                return encoded.ToArray();
            default:
                return bytes;
        }
    }
}
