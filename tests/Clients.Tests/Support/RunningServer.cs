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
    public Task<JsonElement> ReadRunAsync(Guid id) => ReadAsync($"/api/v1/runs/{id}");

    public async Task<JsonElement> ReadAsync(string path) =>
        await _http.GetFromJsonAsync<JsonElement>(new Uri(Url, path), TestContext.Current.CancellationToken);

    /// <summary>Reads the runs of a trace in the order of its tree.</summary>
    public async Task<IReadOnlyList<JsonElement>> ReadTraceAsync(Guid traceId)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var response = await _http.PostAsJsonAsync(new Uri(Url, "/api/v1/runs/query"), new { trace = traceId }, cancellation);
        response.EnsureSuccessStatusCode();
        var page = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        return [.. page.GetProperty("runs").EnumerateArray().OrderBy(run => run.GetProperty("dotted_order").GetString(), StringComparer.Ordinal)];
    }

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
