using System.Text.Json;

namespace Clients.Tests.Support;

/// <summary>A server of its own, and every scenario of a folder played against it in one process of Node.js.</summary>
public abstract class PlayedSuite(string folder) : IAsyncLifetime
{
    private readonly RunningServer _server = new();
    private JsonElement _outcomes;

    internal RunningServer Server => _server;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        _outcomes = await NodeScript.PlayAllAsync(folder, _server.Url, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>What a scenario returned, when it came through and the client had nothing to complain about.</summary>
    internal Played Of(string scenario)
    {
        var played = WithComplaints(scenario);
        Assert.Empty(played.Complaints);
        return played;
    }

    /// <summary>What a scenario returned, whatever the client said of the server.</summary>
    internal Played WithComplaints(string scenario)
    {
        var outcome = _outcomes.GetProperty(scenario);
        if (outcome.TryGetProperty("failure", out var failure))
        {
            Assert.Fail($"{folder}/{scenario} failed: {failure.GetString()}");
        }

        return new Played(
            outcome.GetProperty("id").GetGuid(),
            outcome.GetProperty("project").GetString()!,
            outcome.GetProperty("result"),
            [.. outcome.GetProperty("complaints").EnumerateArray().Select(complaint => complaint.GetString()!)]);
    }
}
