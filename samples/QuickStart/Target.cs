using LangSmith;
using LangSmith.Server;

namespace QuickStart;

/// <summary>Where the sample traces to: the server that the environment names, or one of its own.</summary>
internal sealed class Target : IAsyncDisposable
{
    private readonly LangSmithServer? _server;
    private readonly string? _folder;

    private Target(LangSmithOptions options, LangSmithServer? server, string? folder) => (Options, _server, _folder) = (options, server, folder);

    public LangSmithOptions Options { get; }

    public static async Task<Target> OpenAsync()
    {
        if (Environment.GetEnvironmentVariable("LANGSMITH_ENDPOINT") is { Length: > 0 } endpoint)
        {
            return new Target(OptionsFor(new Uri(endpoint)), null, null);
        }

        var folder = Directory.CreateTempSubdirectory("langsmith-quickstart-").FullName;
        var server = await LangSmithServer.StartAsync(new LangSmithServerOptions { Urls = "http://127.0.0.1:0", DataFolder = folder });
        return new Target(OptionsFor(server.Url), server, folder);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
            Directory.Delete(_folder!, recursive: true);
        }
    }

    private static LangSmithOptions OptionsFor(Uri endpoint) => new()
    {
        TracingEnabled = true,
        Endpoint = endpoint,
        ProjectName = Environment.GetEnvironmentVariable("LANGSMITH_PROJECT") ?? "quickstart",
    };
}
