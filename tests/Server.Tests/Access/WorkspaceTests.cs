using System.Net;
using System.Text.Json;
using Server.Tests.Support;

namespace Server.Tests.Access;

/// <summary>Workspaces and their keys.</summary>
public sealed class WorkspaceTests : IAsyncLifetime
{
    private TestServer _server = null!;
    private HttpClient _other = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(options => options with { ApiKey = "root" });
        _server.Http.DefaultRequestHeaders.Add("x-api-key", "root");
        var workspace = (await _server.PostAsync("/workspaces", new { display_name = "other" })).GetProperty("id").GetString()!;
        _other = new HttpClient { BaseAddress = _server.Url };
        _other.DefaultRequestHeaders.Add("x-api-key", "root");
        _other.DefaultRequestHeaders.Add("x-tenant-id", workspace);
        var key = (await SendAsync(_other, HttpMethod.Post, "/api-key", """{"description":"k"}""")).Body.GetProperty("key").GetString();
        _other.DefaultRequestHeaders.Remove("x-tenant-id");
        _other.DefaultRequestHeaders.Remove("x-api-key");
        _other.DefaultRequestHeaders.Add("x-api-key", key);
    }

    public async ValueTask DisposeAsync()
    {
        _other.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    [Proves("GET /api/v1/workspaces", "POST /api/v1/workspaces", "PATCH /api/v1/workspaces/{workspace_id}", "DELETE /api/v1/workspaces/{workspace_id}",
        "GET /api/v1/workspaces/{workspace_id}", "GET /api/v1/tenants")]
    public async Task Workspace_OfAKey_IsTheOnlyOneItSees()
    {
        Assert.Equal(2, (await _server.GetAsync("/workspaces")).GetArrayLength());
        var own = Assert.Single((await SendAsync(_other, HttpMethod.Get, "/workspaces")).Body.EnumerateArray());
        Assert.Equal("other", own.GetProperty("display_name").GetString());
        // Clients ask for the first project to learn where they are.
        var first = Assert.Single((await SendAsync(_other, HttpMethod.Get, "/sessions?limit=1")).Body.EnumerateArray());
        Assert.Equal(("default", own.GetProperty("id").GetString()), (first.GetProperty("name").GetString(), first.GetProperty("tenant_id").GetString()));
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(_other, HttpMethod.Post, "/workspaces", """{"display_name":"third"}""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(_other, HttpMethod.Get, "/workspaces/00000000-0000-7000-8000-000000000001")).Status);
        using var foreign = new HttpRequestMessage(HttpMethod.Get, new Uri("/sessions", UriKind.Relative));
        foreign.Headers.Add("x-tenant-id", "00000000-0000-7000-8000-000000000001");
        Assert.Equal(HttpStatusCode.Forbidden, (await _other.SendAsync(foreign, TestServer.Cancellation)).StatusCode);

        var id = own.GetProperty("id").GetString();
        await _server.SendAsync(HttpMethod.Patch, $"/workspaces/{id}", new { display_name = "renamed" });
        Assert.Equal("renamed", (await _server.GetAsync($"/workspaces/{id}")).GetProperty("display_name").GetString());
        await _server.SendAsync(HttpMethod.Delete, $"/workspaces/{id}", null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(_other, HttpMethod.Get, "/workspaces")).Status);
    }

    [Fact]
    [Proves("GET /api/v1/api-key", "POST /api/v1/api-key", "DELETE /api/v1/api-key/{api_key_id}", "GET /api/v1/api-key/current",
        "POST /api/v1/api-key/current", "DELETE /api/v1/api-key/current/{pat_id}")]
    public async Task Key_IsShownOnceAndReadsOnlyWhenSo()
    {
        var made = await _server.PostAsync("/api-key", new { description = "reader", read_only = true });
        var key = made.GetProperty("key").GetString()!;
        var listed = Assert.Single((await _server.GetAsync("/api-key/current")).EnumerateArray());
        Assert.False(listed.TryGetProperty("key", out _));
        Assert.DoesNotContain(key, listed.GetRawText(), StringComparison.Ordinal);

        using var reader = new HttpClient { BaseAddress = _server.Url };
        reader.DefaultRequestHeaders.Add("x-api-key", key);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(reader, HttpMethod.Post, "/runs/query", "{}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(reader, HttpMethod.Post, "/runs", "{}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(reader, HttpMethod.Delete, $"/api-key/{made.GetProperty("id").GetString()}")).Status);

        await _server.SendAsync(HttpMethod.Delete, $"/api-key/{made.GetProperty("id").GetString()}", null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(reader, HttpMethod.Get, "/sessions")).Status);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpClient http, HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = body is null ? null : new StringContent(body);
        using var response = await http.SendAsync(request, TestServer.Cancellation);
        var text = await response.Content.ReadAsStringAsync(TestServer.Cancellation);
        return (response.StatusCode, text.StartsWith('{') || text.StartsWith('[') ? JsonElement.Parse(text) : default);
    }
}
