using System.Text.Json;
using Clients.Tests.Support;
using LangSmith;

namespace Clients.Tests.JavaScript;

/// <summary>One id from two processes at once: nothing is lost, nothing is doubled, and who lost says so.</summary>
public sealed class SameIdTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly string[] s_senders = ["one", "two"];

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1000, 2)]
    public async Task Processes_SendingOneIdAtOnce_MakeOneRunWithBothTheirParts(int millisecondsBetween, int attempts)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var id = Uuid7.NewGuid();
        var start = 1_790_000_000_000;

        await Task.WhenAll(s_senders.Select((sender, index) => NodeScript.PlayAsync(
            "same-id", server.Url, new { id, project = $"same-{id}", sender, start = start + (index * millisecondsBetween) }, cancellation)));

        var trace = await server.ReadTraceAsync(id);
        var run = Assert.Single(trace);
        Assert.Equal((id, attempts), (run.GetProperty("id").GetGuid(), run.GetProperty("attempts").GetInt32()));
        var metadata = run.GetProperty("extra").GetProperty("metadata");
        Assert.All(s_senders, sender => Assert.True(metadata.GetProperty($"sent-by-{sender}").GetBoolean()));
        // The later attempt has the answer; of one attempt, whoever came last. The other answer is kept in the report.
        var standing = run.GetProperty("outputs").GetProperty("answer").GetString();
        string[] possible = attempts == 1 ? ["answer of one", "answer of two"] : ["answer of two"];
        Assert.Contains(standing, possible);
        var report = await server.ReadAsync($"/api/v1/runs/{id}/identity");
        Assert.Equal(attempts, report.GetProperty("attempts").GetArrayLength());
        var beaten = report.GetProperty("overwritten").EnumerateArray().Where(field => field.GetProperty("field").GetString() == "outputs");
        Assert.Contains(beaten, field => JsonSerializer.Serialize(field.GetProperty("value")).Contains(
            standing == "answer of one" ? "answer of two" : "answer of one", StringComparison.Ordinal));
    }
}
