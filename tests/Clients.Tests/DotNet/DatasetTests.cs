using LangSmith;

namespace Clients.Tests.DotNet;

public sealed class DatasetTests(EmbeddedServer server) : IClassFixture<EmbeddedServer>
{
    private static readonly CancellationToken s_token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Datasets_CreatedReadFoundChangedListedAndDeleted()
    {
        await using var client = Client();
        var created = await client.CreateDatasetAsync("capitals", "of countries", new Dictionary<string, object?> { ["k"] = "v" }, s_token);

        var conflict = await Assert.ThrowsAsync<LangSmithApiException>(() => client.CreateDatasetAsync("capitals", cancellationToken: s_token));

        Assert.Equal(System.Net.HttpStatusCode.Conflict, conflict.Status);
        Assert.Equal("of countries", (await client.ReadDatasetAsync(created.Id, s_token))!.Description);
        Assert.Equal(created.Id, (await client.FindDatasetAsync("capitals", s_token))!.Id);
        Assert.Single(await ListAsync(client.ListDatasetsAsync("apital", s_token)));
        Assert.Empty(await ListAsync(client.ListDatasetsAsync("rivers", s_token)));
        await client.UpdateDatasetAsync(created.Id, description: "of states", cancellationToken: s_token);
        Assert.Equal(("capitals", "of states"), await NamesAsync(client, created.Id));
        await client.DeleteDatasetAsync(created.Id, s_token);
        Assert.Null(await client.ReadDatasetAsync(created.Id, s_token));
    }

    [Fact]
    public async Task Examples_WithFiles_CreatedReadChangedListedAndDeleted()
    {
        await using var client = Client();
        var dataset = await client.CreateDatasetAsync("with files", cancellationToken: s_token);

        var id = await client.CreateExampleAsync(
            dataset.Id,
            new ExampleInput
            {
                Inputs = new Dictionary<string, object?> { ["q"] = "?" },
                Outputs = "!",
                Splits = ["train"],
                Metadata = new Dictionary<string, object?> { ["k"] = "v" },
                Attachments = [new RunAttachment("photo", "image/png", new byte[] { 1, 2, 3 })],
            },
            s_token);

        var read = await client.ReadExampleAsync(id, s_token);
        Assert.Equal((dataset.Id, "?"), (read!.DatasetId, read.Inputs!.Value.GetProperty("q").GetString()));
        Assert.Equal("v", read.Metadata!.Value.GetProperty("k").GetString());
        var listed = Assert.Single(await ListAsync(client.ListExamplesAsync(new ExampleQuery { DatasetId = dataset.Id, Splits = ["train"], IncludeAttachments = true }, s_token)));
        var file = Assert.Single(listed.AttachmentUrls!);
        Assert.Equal(("attachment.photo", "image/png"), (file.Key, file.Value.MimeType));
        using var http = new HttpClient();
        Assert.Equal([1, 2, 3], await http.GetByteArrayAsync(new Uri(server.Url, file.Value.Url!), s_token));
        Assert.Empty(await ListAsync(client.ListExamplesAsync(new ExampleQuery { DatasetId = dataset.Id, Splits = ["test"] }, s_token)));

        await client.UpdateExampleAsync(id, new ExampleInput { Outputs = "changed" }, s_token);
        await client.UpdateExampleAsync(id, new ExampleInput { Attachments = [new RunAttachment("second", "text/plain", "x"u8.ToArray())] }, s_token);
        var changed = Assert.Single(await ListAsync(client.ListExamplesAsync(new ExampleQuery { Ids = [id], IncludeAttachments = true }, s_token)));
        Assert.Equal(("changed", "?"), (changed.Outputs!.Value.GetProperty("output").GetString(), changed.Inputs!.Value.GetProperty("q").GetString()));
        Assert.Equal(["attachment.photo", "attachment.second"], changed.AttachmentUrls!.Keys.Order());

        await client.DeleteExampleAsync(id, s_token);
        Assert.Empty(await ListAsync(client.ListExamplesAsync(new ExampleQuery { DatasetId = dataset.Id }, s_token)));
    }

    [Fact]
    public async Task ListExamplesAsync_230Examples_AreAllListedOnce()
    {
        await using var client = Client();
        var dataset = await client.CreateDatasetAsync("many", cancellationToken: s_token);

        var ids = await client.CreateExamplesAsync(
            dataset.Id, Enumerable.Range(0, 230).Select(index => new ExampleInput { Inputs = new Dictionary<string, object?> { ["n"] = index } }), s_token);

        var listed = await ListAsync(client.ListExamplesAsync(new ExampleQuery { DatasetId = dataset.Id }, s_token));
        Assert.Equal(ids.Order(), listed.Select(example => example.Id).Order());
        Assert.Equal(150, (await ListAsync(client.ListExamplesAsync(new ExampleQuery { DatasetId = dataset.Id, Limit = 150 }, s_token))).Count);
        Assert.Equal(230, (await client.ReadDatasetAsync(dataset.Id, s_token))!.ExampleCount);
    }

    private LangSmithClient Client() => new(server.Options("datasets"));

    private static async Task<(string Name, string? Description)> NamesAsync(LangSmithClient client, Guid id)
    {
        var dataset = await client.ReadDatasetAsync(id, s_token);
        return (dataset!.Name, dataset.Description);
    }

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }
}
