using System.Net;
using System.Text;
using LangSmith;
using Server.Tests.Support;

namespace Server.Tests.Ingest;

/// <summary>What a disk refuses is refused to the client as something to send again; see the storage's tests for a full database.</summary>
public sealed class DiskTests
{
    [Fact]
    public async Task Post_DiskThatTakesNoFiles_Is503AndTakesTheSameBodyLater()
    {
        await using var server = await TestServer.StartAsync();
        var (id, incoming) = (Uuid7.NewGuid(), Path.Combine(server.Folder, "blobs", "incoming"));
        Directory.Delete(incoming);

        using var refused = await PostAsync(server, id);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        var detail = await refused.Content.ReadAsStringAsync(TestServer.Cancellation);
        Assert.Contains("The server cannot write to its folder of blobs. Nothing of the request is stored.", detail, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Folder, detail, StringComparison.Ordinal);
        await server.GetAsync($"/runs/{id}", HttpStatusCode.NotFound);

        Directory.CreateDirectory(incoming);
        using var taken = await PostAsync(server, id);

        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        Assert.Single((await server.GetAsync($"/runs/{id}")).GetProperty("s3_urls").EnumerateObject());
        Assert.Empty(Directory.EnumerateFiles(incoming));
    }

    private static async Task<HttpResponseMessage> PostAsync(TestServer server, Guid id)
    {
        using var body = new MultipartFormDataContent
        {
            { new StringContent(TestServer.NewRun(id).ToJsonString(), Encoding.UTF8, "application/json"), $"post.{id}" },
            { new ByteArrayContent(new byte[10]), $"attachment.{id}.file" },
        };
        return await server.Http.PostAsync(new Uri("/runs/multipart", UriKind.Relative), body, TestServer.Cancellation);
    }
}
