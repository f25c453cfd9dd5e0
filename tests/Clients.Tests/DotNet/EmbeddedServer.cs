using Clients.Tests.Support;
using LangSmith;
using LangSmith.Server;

namespace Clients.Tests.DotNet;

/// <summary>The real server in this process, for the tests of a class.</summary>
public sealed class EmbeddedServer : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();
    private LangSmithServer? _server;

    internal Uri Url => _server!.Url;

    public async ValueTask InitializeAsync() =>
        _server = await LangSmithServer.StartAsync(new LangSmithServerOptions { Urls = "http://127.0.0.1:0", DataFolder = _data.Path });

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _data.Dispose();
    }

    internal LangSmithOptions Options(string project) => new()
    {
        TracingEnabled = true,
        Endpoint = Url,
        ProjectName = project,
        SamplingRate = 1,
        HideInputs = false,
        HideOutputs = false,
        HideMetadata = false,
        RunsEndpoints = [],
    };
}
