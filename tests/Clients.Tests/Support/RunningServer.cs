using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Clients.Tests.Support;

/// <summary>One server process for the tests of a class, and a way to look into it without the client under test.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();
    private readonly HttpClient _http = new();
    private ServerProcess? _server;

    internal Uri Url => _server!.Url;

    public async ValueTask InitializeAsync() => _server = await ServerProcess.StartAsync(_data.Path);

    /// <summary>Reads a run by its id alone.</summary>
    public async Task<JsonElement> ReadRunAsync(Guid id) =>
        await _http.GetFromJsonAsync<JsonElement>(new Uri(Url, $"/api/v1/runs/{id}"), TestContext.Current.CancellationToken);

    public async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri(Url, path), TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _http.Dispose();
        _data.Dispose();
    }
}
