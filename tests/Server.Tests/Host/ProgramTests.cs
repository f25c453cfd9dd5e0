using System.Formats.Tar;
using System.Net;
using System.Text;
using LangSmith;
using Server.Tests.Support;

namespace Server.Tests.Host;

/// <summary>The server's commands, each in a process of its own.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("langsmith-program-").FullName;

    private string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Server_AtSigterm_KeepsWhatItTookAndExitsWithZero()
    {
        var run = TestServer.NewRun(Uuid7.NewGuid());
        await using (var server = await ServerProgram.StartAsync("--data", Data))
        {
            using var http = new HttpClient { BaseAddress = server.Url };
            using var content = new StringContent(run.ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri("/runs", UriKind.Relative), content, TestServer.Cancellation);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

            var second = await ServerProgram.RunAsync("--urls", "http://127.0.0.1:0", "--data", Data);
            Assert.Equal(2, second.Exit);
            Assert.Contains("Another server", second.Error, StringComparison.Ordinal);

            // One line when it is ready, and no other.
            Assert.Equal((0, ""), await server.StopAsync());
        }

        await using var again = await ServerProgram.StartAsync("--data", Data);
        using var reader = new HttpClient { BaseAddress = again.Url };
        Assert.Contains("\"why\"", await reader.GetStringAsync(new Uri($"/runs/{run["id"]}", UriKind.Relative), TestServer.Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0", "--api-key")]
    [InlineData("nonsense", "'nonsense'")]
    public async Task Server_ThatMayNotListenThere_SaysWhyAndExitsWithTwo(string urls, string expected)
    {
        var (exit, output, error) = await ServerProgram.RunAsync("--urls", urls, "--data", Data);
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task Server_WhereAnotherListens_SaysSoInALine()
    {
        await using var first = await ServerProgram.StartAsync("--data", Data);

        var second = await ServerProgram.RunAsync("--urls", first.Url.AbsoluteUri, "--data", Path.Combine(_folder, "other"));

        Assert.Equal((2, ""), (second.Exit, second.Output));
        Assert.Contains($"{first.Url.AbsoluteUri.TrimEnd('/')}: address already in use. Stop what listens there", second.Error, StringComparison.Ordinal);
        Assert.Single(second.Error.Split('\n'));
    }

    [Theory]
    [InlineData("langsmith.db", "no database, but long enough to be read as one", "langsmith.db' cannot be opened: SQLite Error 26: 'file is not a database'.")]
    [InlineData("blobs", "a file where a folder must be", "blobs")]
    [InlineData("", "a file, not a folder", "' cannot be the data folder: ")]
    public async Task Server_WithADataFolderThatIsNone_SaysSoInALine(string file, string content, string expected)
    {
        var path = Path.Combine(Data, file).TrimEnd('/');
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);

        var (exit, _, error) = await ServerProgram.RunAsync("--data", Data, "--urls", "http://127.0.0.1:0");

        Assert.Equal(2, exit);
        Assert.StartsWith("The server did not start: ", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n'));
    }

    [Fact]
    public async Task Keys_AreMadeListedAndRevoked()
    {
        await using var server = await ServerProgram.StartAsync("--data", Data, "--api-key", "root");
        string[] where = ["--server", server.Url.AbsoluteUri, "--api-key", "root"];
        var (exit, key, _) = await ServerProgram.RunAsync(["keys", "create", "--description", "ci", "--read-only", .. where]);
        Assert.Equal(0, exit);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, key));
        Assert.DoesNotContain(key, await EverythingAsync(), StringComparison.Ordinal);

        var listed = await ServerProgram.RunAsync(["keys", "list", .. where]);
        var columns = Assert.Single(listed.Output.Split('\n')).Split('\t');
        Assert.Equal(("reads", "ci"), (columns[2], columns[5]));
        Assert.DoesNotContain(key, listed.Output, StringComparison.Ordinal);

        Assert.Equal(0, (await ServerProgram.RunAsync(["keys", "revoke", columns[0], .. where])).Exit);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, key));
        var missing = await ServerProgram.RunAsync(["keys", "revoke", columns[0], .. where]);
        Assert.Equal(1, missing.Exit);
        Assert.Contains(columns[0], missing.Error, StringComparison.Ordinal);
        var stranger = await ServerProgram.RunAsync("keys", "list", "--server", server.Url.AbsoluteUri, "--api-key", "wrong");
        Assert.Equal((1, ""), (stranger.Exit, stranger.Output));
    }

    [Fact]
    public async Task Backup_OfARunningServer_IsADataFolder()
    {
        var file = Path.Combine(_folder, "backup.tar");
        Guid run;
        string link;
        await using (var server = await TestServer.StartAsync(options => options with { DataFolder = Data }))
        {
            run = await server.CreateRunAsync(r => r["attachments"] = System.Text.Json.Nodes.JsonNode.Parse("""{"note":["text/plain","aGVsbG8="]}"""));
            link = (await server.GetAsync($"/runs/{run}")).GetProperty("s3_urls").GetProperty("attachment.note").GetProperty("presigned_url").GetString()!;
            string[] command = ["backup", file, "--server", server.Url.AbsoluteUri];
            Assert.Equal(0, (await ServerProgram.RunAsync(command)).Exit);
            var again = await ServerProgram.RunAsync(command);
            Assert.Equal(1, again.Exit);
            Assert.Contains("overwrites nothing", again.Error, StringComparison.Ordinal);
        }

        var restored = Path.Combine(_folder, "restored");
        Directory.CreateDirectory(restored);
        await TarFile.ExtractToDirectoryAsync(file, restored, overwriteFiles: false, TestServer.Cancellation);
        await using var other = await TestServer.StartAsync(options => options with { DataFolder = restored });
        Assert.Equal(run, (await other.GetAsync($"/runs/{run}")).GetProperty("id").GetGuid());
        Assert.Equal("hello", await other.Http.GetStringAsync(new Uri(new Uri(link).PathAndQuery, UriKind.Relative), TestServer.Cancellation));
        Assert.Empty(Directory.EnumerateDirectories(Data, "backup-*"));
    }

    [Fact]
    public async Task Backup_WithAKeyOfAWorkspace_IsForbidden()
    {
        await using var server = await TestServer.StartAsync(options => options with { ApiKey = "root" });
        server.Http.DefaultRequestHeaders.Add("x-api-key", "root");
        var key = (await server.PostAsync("/api-key", new { description = "k" })).GetProperty("key").GetString();
        server.Http.DefaultRequestHeaders.Remove("x-api-key");
        server.Http.DefaultRequestHeaders.Add("x-api-key", key);
        await server.GetAsync("/api/v1/backup", HttpStatusCode.Forbidden);
    }

    private static async Task<HttpStatusCode> StatusAsync(ServerProgram server, string key)
    {
        using var http = new HttpClient { BaseAddress = server.Url };
        http.DefaultRequestHeaders.Add("x-api-key", key);
        using var answer = await http.GetAsync(new Uri("/sessions", UriKind.Relative), TestServer.Cancellation);
        return answer.StatusCode;
    }

    /// <summary>All bytes that the server keeps, as text.</summary>
    private async Task<string> EverythingAsync()
    {
        var all = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(Data, "langsmith*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            all.Append(await reader.ReadToEndAsync(TestServer.Cancellation));
        }

        return all.ToString();
    }
}
