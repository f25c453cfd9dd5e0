using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server;

namespace Server.Tests.Support;

/// <summary>A real server on a free loopback port with a data folder of its own, and a client for it; or a workspace of such a server.</summary>
public class TestServer : IAsyncLifetime
{
    private readonly string? _folder;
    private LangSmithServer? _server;

    public TestServer() => _folder = Directory.CreateTempSubdirectory("langsmith-server-").FullName;

    private TestServer(LangSmithServer server, string workspace)
    {
        _server = server;
        Http = new HttpClient { BaseAddress = server.Url };
        Http.DefaultRequestHeaders.Add("x-tenant-id", workspace);
    }

    public HttpClient Http { get; private set; } = null!;

    public Uri Url => _server!.Url;

    /// <summary>The data folder.</summary>
    public string Folder => _folder ?? throw new InvalidOperationException("A workspace has no folder of its own.");

    internal IServiceProvider Services => _server!.Services;

    internal static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<TestServer> StartAsync(Func<LangSmithServerOptions, LangSmithServerOptions>? configure = null)
    {
        var server = new TestServer();
        await server.StartServerAsync(configure);
        return server;
    }

    public async ValueTask InitializeAsync() => await StartServerAsync(Configure());

    /// <summary>An empty workspace of this server: what is in the others is not there. Much cheaper than a server.</summary>
    public async Task<TestServer> AddWorkspaceAsync()
    {
        var workspace = await PostAsync("/workspaces", new { display_name = Guid.NewGuid() });
        return new TestServer(_server!, workspace.GetProperty("id").GetString()!);
    }

    /// <summary>A workspace of this server as it was before the server was started again.</summary>
    public TestServer Reopen(TestServer workspace) =>
        new(_server!, workspace.Http.DefaultRequestHeaders.GetValues("x-tenant-id").Single());

    /// <summary>Stops the server and starts another one on the same data.</summary>
    public async Task RestartAsync()
    {
        await _server!.DisposeAsync();
        Http.Dispose();
        await StartServerAsync(null);
    }

    public async Task<JsonElement> GetAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        return await ReadAsync(response, expected);
    }

    public Task<JsonElement> PostAsync(string path, object body, HttpStatusCode expected = HttpStatusCode.OK) =>
        SendAsync(HttpMethod.Post, path, body, expected);

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = body switch
        {
            null => null,
            string json => new StringContent(json, Encoding.UTF8, "application/json"),
            _ => JsonContent.Create(body),
        };
        using var response = await Http.SendAsync(request, Cancellation);
        return await ReadAsync(response, expected);
    }

    /// <summary>Posts a run with the fields that every client sends, and whatever is added.</summary>
    public async Task<Guid> CreateRunAsync(Action<JsonObject>? add = null, Guid? id = null)
    {
        var run = NewRun(id ?? LangSmith.Uuid7.NewGuid());
        add?.Invoke(run);
        await PostAsync("/runs", run.ToJsonString(), HttpStatusCode.Accepted);
        return Guid.Parse((string)run["id"]!);
    }

    public static JsonObject NewRun(Guid id)
    {
        var start = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
        return new JsonObject
        {
            ["id"] = id.ToString(),
            ["trace_id"] = id.ToString(),
            ["dotted_order"] = LangSmith.Protocol.DottedOrder.Print(start, id),
            ["name"] = "run",
            ["run_type"] = "chain",
            ["start_time"] = "2026-11-24T12:00:00.000000Z",
            ["inputs"] = new JsonObject { ["question"] = "why" },
            ["session_name"] = "tests",
        };
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        GC.SuppressFinalize(this);
        if (_folder is null)
        {
            return;
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>What the server of a class is told.</summary>
    protected virtual Func<LangSmithServerOptions, LangSmithServerOptions>? Configure() => null;

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.StatusCode == expected, $"{response.RequestMessage?.RequestUri} answered {(int)response.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    private async Task StartServerAsync(Func<LangSmithServerOptions, LangSmithServerOptions>? configure)
    {
        var options = new LangSmithServerOptions { Urls = "http://127.0.0.1:0", DataFolder = _folder! };
        _server = await LangSmithServer.StartAsync(configure?.Invoke(options) ?? options, Cancellation);
        Http = new HttpClient { BaseAddress = _server.Url };
    }
}
