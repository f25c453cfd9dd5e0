using System.Runtime.CompilerServices;
using LangSmith.Sdk.Tests.Export;

namespace LangSmith.Sdk.Tests.Tracing;

/// <summary>What runs make of the queue, seen by the peer.</summary>
public sealed class SentRunTests : IAsyncLifetime
{
    private MockServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await MockServer.StartAsync();

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task AsyncFunction_WithAnIdThatThrows_IsPatchedUnderItWithErrorAndEnd()
    {
        await using var tracer = Some.Tracer(_server);
        using var use = tracer.Use();
        var id = Uuid7.NewGuid();
        var failing = Traceable.Wrap(
            async () =>
            {
                await Some.FlushedAsync(tracer);
                throw new InvalidOperationException("boom");
            },
            new TraceableOptions { Name = "failing" });

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await failing.Invoke(new RunOptions { RunId = id }));
        await Some.FlushedAsync(tracer);

        Assert.Equal([("post", id), ("patch", id)], _server.Requests.SelectMany(request => request.Operations));
        Assert.True(_server.Requests[1].Parts[0].Json.TryGetProperty("end_time", out _));
        Assert.Contains("boom", Part($"patch.{id}.error").Json.GetString());
        Assert.Contains(nameof(AsyncFunction_WithAnIdThatThrows_IsPatchedUnderItWithErrorAndEnd), Part($"patch.{id}.error").Json.GetString());
    }

    [Fact]
    public async Task Id_InAnyForm_IsSentInTheOneOfTheWire()
    {
        await using var tracer = Some.Tracer(_server);
        foreach (var text in new[]
        {
            "0193A000-0000-7000-8000-0000000000AA", "{0193a000-0000-7000-8000-0000000000ab}", "0193a0000000700080000000000000ac",
            "urn:uuid:0193a000-0000-7000-8000-0000000000ad",
        })
        {
            tracer.StartRun("run", new RunOptions { RunIdText = text }).Dispose();
        }

        await Some.FlushedAsync(tracer);

        Assert.Equal(
            new[] { "aa", "ab", "ac", "ad" }.Select(end => "0193a000-0000-7000-8000-0000000000" + end),
            _server.AcceptedParts.Where(part => part.Name.Length == 41).Select(part => part.Json.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Id_OfARoot_IsTheTraceOfAllBelowInDottedOrder()
    {
        await using var tracer = Some.Tracer(_server);
        var id = Uuid7.NewGuid();
        using (tracer.StartRun("root", new RunOptions { RunId = id }))
        using (tracer.StartRun("child"))
        using (tracer.StartRun("grandchild", new RunOptions { StartTime = new DateTimeOffset(2031, 5, 6, 10, 0, 0, TimeSpan.FromHours(5)) }))
        {
        }

        await Some.FlushedAsync(tracer);

        var runs = _server.AcceptedParts.Where(part => part.Name.Length == 41).Select(part => part.Json).ToArray();
        Assert.All(runs, run => Assert.Equal(id, run.GetProperty("trace_id").GetGuid()));
        for (var index = 1; index < 3; index++)
        {
            Assert.Equal(runs[index - 1].GetProperty("id").GetGuid(), runs[index].GetProperty("parent_run_id").GetGuid());
            Assert.StartsWith(runs[index - 1].GetProperty("dotted_order").GetString() + ".", runs[index].GetProperty("dotted_order").GetString());
        }

        Assert.Contains(".20310506T050000000000Z", runs[2].GetProperty("dotted_order").GetString());
        Assert.Equal("2031-05-06T05:00:00.000000Z", runs[2].GetProperty("start_time").GetString());
    }

    [Fact]
    public async Task SameIdTwiceInOneBatch_BothAttemptsAreSentInTheirOrder()
    {
        await using var tracer = Some.Tracer(_server);
        var id = Uuid7.NewGuid();
        tracer.StartRun("first", new RunOptions { RunId = id, Inputs = new { attempt = 1 } }).Dispose();
        tracer.StartRun("second", new RunOptions { RunId = id, Inputs = new { attempt = 2 } }).Dispose();

        await Some.FlushedAsync(tracer);

        Assert.Equal([("post", id), ("post", id)], _server.Requests.SelectMany(request => request.Operations));
        Assert.Equal([1, 2], _server.AcceptedParts.Where(part => part.Name == $"post.{id}.inputs").Select(part => part.Json.GetProperty("attempt").GetInt32()));
    }

    [Fact]
    public async Task TagAfterTheEnd_IsAnUpdateThatRepeatsNothingElse()
    {
        await using var tracer = Some.Tracer(_server);
        var run = tracer.StartRun("run", new RunOptions { Inputs = new { a = 1 } });
        run.End(new { b = 2 });
        run.Dispose();
        await Some.FlushedAsync(tracer);
        var ended = _server.Requests[0].Parts[0].Json.GetProperty("end_time").GetString();

        run.AddTag("later");
        await Some.FlushedAsync(tracer);

        var part = Assert.Single(_server.Requests[1].Parts);
        Assert.Equal($"patch.{run.Id}", part.Name);
        Assert.Equal(ended, part.Json.GetProperty("end_time").GetString());
        Assert.Equal("later", Assert.Single(part.Json.GetProperty("tags").EnumerateArray()).GetString());
        Assert.DoesNotContain(part.Json.EnumerateObject(), field => field.Value.ValueKind == System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task Patch_OfARunThatGoesOn_SendsWhatIsNewAndNothingAgain()
    {
        await using var tracer = Some.Tracer(_server);
        using var run = tracer.StartRun("run", new RunOptions { Inputs = new { a = 1 } });
        await Some.FlushedAsync(tracer);

        run.AddTag("halfway");
        await Some.FlushedAsync(tracer);
        Assert.Single(_server.Requests);
        run.Patch();
        await Some.FlushedAsync(tracer);
        run.Patch();
        await Some.FlushedAsync(tracer);

        Assert.Equal(2, _server.Requests.Count);
        var part = Assert.Single(_server.Requests[1].Parts);
        Assert.Equal($"patch.{run.Id}", part.Name);
        Assert.Equal("halfway", Assert.Single(part.Json.GetProperty("tags").EnumerateArray()).GetString());
        Assert.False(part.Json.TryGetProperty("end_time", out _));
    }

    [Fact]
    public async Task Feedback_GivenDuringTheRun_TravelsBehindItInTheSameBody()
    {
        await using var tracer = Some.Tracer(_server);
        Guid feedback;
        RunTree run;
        using (run = tracer.StartRun("run"))
        {
            feedback = run.AddFeedback("user_score", 1);
            // Nothing was asked of the network on the way.
            Assert.Equal(0, _server.InfoRequests);
        }

        await Some.FlushedAsync(tracer);

        Assert.Equal([("post", run.Id), ("feedback", feedback)], Assert.Single(_server.Requests).Operations);
        Assert.True(Uuid7.IsVersion7(feedback));
    }

    [Fact]
    public async Task Start_ThatDidNotFitTheQueue_IsSentWholeAtItsEnd()
    {
        await using var tracer = Some.Tracer(_server, options => options.Export.QueueCountMax = 1);
        var first = tracer.StartRun("first");
        var second = tracer.StartRun("second", new RunOptions { Inputs = new { a = 1 } });
        second.Leave();
        first.Dispose();
        await Some.FlushedAsync(tracer);

        second.End(new { b = 2 });
        await Some.FlushedAsync(tracer);

        Assert.Equal([("post", first.Id), ("post", second.Id)], _server.Requests.SelectMany(request => request.Operations));
        Assert.NotNull(Part($"post.{second.Id}.inputs"));
        Assert.Equal(1, tracer.Counters.Dropped);
    }

    [Fact]
    public async Task Run_WithNobodyToSendItTo_DoesNotDisturbItsFunction()
    {
        await using var tracer = new LangSmithTracer(Some.TracerOptions(new Uri("http://127.0.0.1:1"), options =>
        {
            options.Export.RetryFor = TimeSpan.Zero;
            options.Export.BatchAgeMax = TimeSpan.Zero;
        }));
        using (var run = tracer.StartRun("run"))
        {
            run.End(1);
        }

        Assert.True(await tracer.FlushAsync());

        Assert.Equal(tracer.Counters.Enqueued, tracer.Counters.Dropped);
    }

    [Fact]
    public async Task Children_ThatEnded_AreNotKeptByTheirParent()
    {
        await using var tracer = Some.Tracer(_server);
        using var parent = tracer.StartRun("parent");
        var children = Children(tracer);
        await Some.FlushedAsync(tracer);
        // The exporter lets go of a batch when it takes the next one.
        tracer.StartRun("next").Dispose();
        await Some.FlushedAsync(tracer);

        GC.Collect();

        Assert.Equal(0, children.Count(child => child.IsAlive));
        GC.KeepAlive(parent);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Children(LangSmithTracer tracer) =>
        [.. Enumerable.Range(0, 100).Select(index =>
        {
            using var child = tracer.StartRun($"child {index}");
            return new WeakReference(child);
        })];

    private ReceivedPart Part(string name) => Assert.Single(_server.AcceptedParts, part => part.Name == name);
}
