using System.Text.Json;
using Server.Tests.Support;

namespace Server.Tests.Replay;

/// <summary>The recordings whose point is the id: what must come of each, written down by hand.</summary>
public sealed class SpecialRecordingTests(TestServer shared) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData("js-traceable-id-reused-separate-batches", 2)]
    [InlineData("py-traceable-id-reused-409", 2)]
    public async Task ReusedId_IsOneRunWithTheLatestAttempt(string name, int attempts)
    {
        await using var server = await shared.AddWorkspaceAsync();
        var recording = Recording.Load(name);
        await ReplayTests.SendAsync(server, recording);

        var id = Assert.Single(ExpectedRuns.Of(recording), r => r.Value.HasSeveralStarts).Key;
        var run = await server.GetAsync($"/runs/{id}");
        var report = await server.GetAsync($"/runs/{id}/identity");
        Assert.Equal(attempts, run.GetProperty("attempts").GetInt32());
        Assert.Equal(attempts, report.GetProperty("attempts").GetArrayLength());
        var starts = report.GetProperty("attempts").EnumerateArray().Select(a => a.GetProperty("start_time").GetDateTimeOffset()).ToArray();
        Assert.Equal(starts.Order(), starts);
        Assert.Equal(starts[^1], run.GetProperty("start_time").GetDateTimeOffset());
        // The first call's content is not shown, and not lost.
        Assert.Contains(report.GetProperty("overwritten").EnumerateArray(), o => o.GetProperty("field").GetString() == "inputs");
    }

    [Fact]
    public async Task UppercaseId_ReadsInLowerCaseAndByEitherSpelling()
    {
        await using var server = await shared.AddWorkspaceAsync();
        await ReplayTests.SendAsync(server, Recording.Load("js-traceable-id-uppercase"));

        foreach (var spelling in (string[])["01A203BE-B088-716F-9DF8-19EB460DB708", "01a203beb088716f9df819eb460db708"])
        {
            var run = await server.GetAsync($"/api/v1/runs/{spelling}");
            Assert.Equal("01a203be-b088-716f-9df8-19eb460db708", run.GetProperty("id").GetString());
            Assert.Equal("20261122T145238454001Z01a203be-b088-716f-9df8-19eb460db708", run.GetProperty("dotted_order").GetString());
        }
    }

    [Fact]
    public async Task PatchOnly_IsARunWithWhatThePatchSaid()
    {
        await using var server = await shared.AddWorkspaceAsync();
        await ReplayTests.SendAsync(server, Recording.Load("js-runtree-patch-only"));

        var run = await server.GetAsync("/runs/01a203be-ecb6-7000-8000-00881e1955d5");
        Assert.Equal("rt", run.GetProperty("name").GetString());
        Assert.Equal("success", run.GetProperty("status").GetString());
        Assert.Equal(2, run.GetProperty("outputs").GetProperty("b").GetInt32());
        Assert.Equal(JsonValueKind.Null, run.GetProperty("inputs").ValueKind);
    }

    [Theory]
    [InlineData("js-traceable-id-v4")]
    [InlineData("py-traceable-id-v4")]
    public async Task Version4Id_IsTakenLikeAnyOther(string name)
    {
        await using var server = await shared.AddWorkspaceAsync();
        await ReplayTests.SendAsync(server, Recording.Load(name));

        var run = await server.GetAsync("/runs/a1b2c3d4-e5f6-4789-8abc-def012345678");
        Assert.Equal("success", run.GetProperty("status").GetString());
    }

    [Fact]
    public async Task UnserializableOutputs_AreKeptAsText()
    {
        await using var server = await shared.AddWorkspaceAsync();
        await ReplayTests.SendAsync(server, Recording.Load("js-serialization"));

        var run = await server.GetAsync("/runs/01a203be-e5b6-7000-8000-0218526449f5");
        Assert.Equal("[unable to serialize, circular reference is too complex to analyze]", run.GetProperty("outputs").GetString());
    }
}
