using System.Net;
using System.Text.Json;
using LangSmith;
using LangSmith.Protocol;
using Server.Tests.Support;

namespace Server.Tests.Sharing;

/// <summary>What a stranger with a token may see, and what not.</summary>
public sealed class SharingTests : IAsyncLifetime
{
    private readonly Guid _root = Uuid7.NewGuid();
    private readonly Guid _shared = Uuid7.NewGuid();
    private readonly Guid _below = Uuid7.NewGuid();
    private readonly HttpClient _stranger = new();
    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(options => options with { ApiKey = "secret" });
        _server.Http.DefaultRequestHeaders.Add("x-api-key", "secret");
        var start = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
        string? order = null;
        Guid? parent = null;
        foreach (var id in (Guid[])[_root, _shared, _below])
        {
            order = DottedOrder.Print(order, start, id);
            await _server.CreateRunAsync(run =>
                (run["trace_id"], run["parent_run_id"], run["dotted_order"], run["name"]) = (_root.ToString(), parent?.ToString(), order, id.ToString()), id);
            parent = id;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _stranger.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    [Proves("PUT /api/v1/runs/{run_id}/share", "GET /api/v1/runs/{run_id}/share", "DELETE /api/v1/runs/{run_id}/share",
        "GET /api/v1/public/{share_token}/run", "GET /api/v1/public/{share_token}/run/{id}", "POST /api/v1/public/{share_token}/runs/query",
        "GET /api/v1/public/{t}/runs", "GET /api/v1/public/{share_token}/feedbacks")]
    public async Task Share_ShowsTheRunAndWhatIsBelowItAndNothingElse()
    {
        Assert.Equal(JsonValueKind.Null, (await _server.GetAsync($"/runs/{_shared}/share")).ValueKind);
        var token = Guid.NewGuid();
        await _server.SendAsync(HttpMethod.Put, $"/runs/{_shared}/share", new { run_id = _shared, share_token = token });
        var again = await _server.SendAsync(HttpMethod.Put, $"/runs/{_shared}/share", new { share_token = Guid.NewGuid() });
        Assert.Equal(token, again.GetProperty("share_token").GetGuid());
        await _server.PostAsync("/feedback", new { run_id = _shared, key = "seen" });
        await _server.PostAsync("/feedback", new { run_id = _root, key = "hidden" });

        Assert.Equal(_shared, (await SeeAsync($"/public/{token}/run")).GetProperty("id").GetGuid());
        Assert.Equal(_below, (await SeeAsync($"/public/{token}/run/{_below}")).GetProperty("id").GetGuid());
        await SeeAsync($"/public/{token}/run/{_root}", HttpStatusCode.NotFound);
        await SeeAsync($"/public/{Guid.NewGuid()}/run", HttpStatusCode.NotFound);
        Guid[] both = [_shared, _below];
        Assert.Equal(both.Order(), Ids(await SeeAsync($"/public/{token}/runs")).Order());
        // The JavaScript client's own spelling.
        Assert.Equal([_below], Ids(await SeeAsync($"/public/{token}/runsshare_token={token}&id={_below}")));
        Assert.Empty(Ids(await SeeAsync($"/public/{token}/runs?id={_root}")));
        using var query = new StringContent($$"""{"id":["{{_root}}","{{_below}}"]}""");
        using var response = await _stranger.PostAsync(new Uri(_server.Url, $"/public/{token}/runs/query"), query, TestServer.Cancellation);
        Assert.Equal([_below], Ids(JsonElement.Parse(await response.Content.ReadAsStringAsync(TestServer.Cancellation)).GetProperty("runs")));
        Assert.Equal("seen", Assert.Single((await SeeAsync($"/public/{token}/feedbacks?run={_shared}&run={_root}")).EnumerateArray()).GetProperty("key").GetString());

        await _server.SendAsync(HttpMethod.Delete, $"/runs/{_shared}/share", null, HttpStatusCode.NoContent);
        await SeeAsync($"/public/{token}/run", HttpStatusCode.NotFound);
        await _server.SendAsync(HttpMethod.Delete, $"/runs/{_shared}/share", null, HttpStatusCode.NoContent);
    }

    [Fact]
    [Proves("POST /api/v2/runs/{run_id}/share", "DELETE /api/v2/runs/{trace_id}/share", "GET /api/v2/public/{share_token}/run/{run_id}",
        "POST /api/v2/public/{share_token}/runs/query")]
    public async Task ShareV2_SelectsFields()
    {
        var token = (await _server.PostAsync($"/api/v2/runs/{_root}/share", new { trace_id = _root })).GetProperty("share_token").GetGuid();
        var run = await SeeAsync($"/api/v2/public/{token}/run/{_below}?selects=NAME&selects=IS_ROOT");
        Assert.Equal($$"""{"name":"{{_below}}","is_root":false}""", run.GetRawText());
        using var query = new StringContent("""{"selects":["ID"]}""");
        using var response = await _stranger.PostAsync(new Uri(_server.Url, $"/api/v2/public/{token}/runs/query"), query, TestServer.Cancellation);
        Assert.Equal(3, JsonElement.Parse(await response.Content.ReadAsStringAsync(TestServer.Cancellation)).GetProperty("items").GetArrayLength());
        await _server.SendAsync(HttpMethod.Delete, $"/api/v2/runs/{_root}/share", null, HttpStatusCode.NoContent);
        await SeeAsync($"/api/v2/public/{token}/run/{_below}", HttpStatusCode.NotFound);
    }

    [Fact]
    [Proves("POST /api/v1/runs/delete", "POST /api/v1/runs/delete/traces")]
    public async Task Delete_OfATrace_IsForGood()
    {
        var other = await _server.CreateRunAsync(run => run["extra"] = new System.Text.Json.Nodes.JsonObject { ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["batch"] = "b1" } });
        await _server.PostAsync("/runs/delete/traces", new { trace_ids = new[] { _root } }, HttpStatusCode.Accepted);
        await _server.GetAsync($"/runs/{_below}", HttpStatusCode.NotFound);
        await _server.SendAsync(HttpMethod.Patch, $"/runs/{_root}", new { end_time = "2026-11-24T12:00:09Z" }, HttpStatusCode.Accepted);
        await _server.GetAsync($"/runs/{_root}", HttpStatusCode.NotFound);

        await _server.PostAsync("/runs/delete", new { metadata = new { batch = "b2" } }, HttpStatusCode.Accepted);
        await _server.GetAsync($"/runs/{other}");
        await _server.PostAsync("/runs/delete", new { metadata = new { batch = new[] { "b1" } } }, HttpStatusCode.Accepted);
        await _server.GetAsync($"/runs/{other}", HttpStatusCode.NotFound);
        await _server.PostAsync("/runs/delete", new { }, HttpStatusCode.UnprocessableEntity);
    }

    private static Guid[] Ids(JsonElement runs) => [.. runs.EnumerateArray().Select(r => r.GetProperty("id").GetGuid())];

    private async Task<JsonElement> SeeAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await _stranger.GetAsync(new Uri(_server.Url, path), TestServer.Cancellation);
        var text = await response.Content.ReadAsStringAsync(TestServer.Cancellation);
        Assert.True(response.StatusCode == expected, $"{path} answered {(int)response.StatusCode}: {text}");
        return JsonElement.Parse(text);
    }
}
