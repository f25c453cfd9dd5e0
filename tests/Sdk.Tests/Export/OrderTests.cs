using LangSmith.Export;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace LangSmith.Sdk.Tests.Export;

/// <summary>When what leaves, what waits for what, and what the bounds count.</summary>
public sealed class OrderTests : IAsyncLifetime
{
    private MockServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await MockServer.StartAsync();

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Update_WhileItsCreationIsStillOnTheWay_WaitsForItAndNothingElseDoes()
    {
        var gate = new TaskCompletionSource();
        var first = 0;
        _server.Answer = _ => new Reply(202, After: Interlocked.Exchange(ref first, 1) == 0 ? gate.Task : null);
        await using var pipeline = Some.Pipeline(_server, options => options.BatchCountMax = 1);
        var slow = new TestRun(pipeline).Start();
        var creation = pipeline.FlushAsync(Some.Enough);
        await _server.NextAsync();

        slow.End();
        var other = TestRun.Whole(pipeline);
        var rest = pipeline.FlushAsync(Some.Enough);
        await _server.NextAsync();
        Assert.Equal([("post", slow.RunId), ("post", other.RunId)], _server.Requests.SelectMany(request => request.Operations));

        gate.SetResult();
        Assert.True(await creation && await rest);
        Assert.Equal(("patch", slow.RunId), _server.Requests[^1].Operations.Single());
    }

    [Fact]
    public async Task Trickle_ThatNeverStops_DoesNotPutTheFirstEntryOff()
    {
        var time = new FakeTimeProvider();
        await using var pipeline = Some.Pipeline(
            _server, options => (options.BatchAgeMax, options.BatchCountMax) = (TimeSpan.FromSeconds(1), int.MaxValue), time);

        // Each pause is shorter than the age: a queue that begins to wait anew with each entry would never send.
        for (var index = 0; _server.Requests.Count == 0; index++)
        {
            Assert.True(index < 1_000_000, "Nothing was sent.");
            TestRun.Whole(pipeline);
            time.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Yield();
        }
    }

    [Fact]
    public async Task SizeLimitOfTheServer_One_IsOneOperationPerBatch()
    {
        _server.Info = new Reply(200, Body: """{"batch_ingest_config":{"size_limit":1}}""");
        await using var pipeline = Some.Pipeline(_server);
        for (var index = 0; index < 5; index++)
        {
            TestRun.Whole(pipeline);
        }

        await Some.FlushedAsync(pipeline);

        Assert.Equal([1, 1, 1, 1, 1], _server.Requests.Select(request => request.Operations.Count()));
    }

    [Fact]
    public async Task BytesOnTheWay_CountInTheBoundToo()
    {
        var gate = new TaskCompletionSource();
        _server.Answer = _ => new Reply(202, After: gate.Task);
        await using var pipeline = Some.Pipeline(_server, options => options.QueueBytesMax = 10_000);
        new TestRun(pipeline) { Inputs = $$"""{"a":"{{new string('x', 8_000)}}"}""" }.Start();
        var flush = pipeline.FlushAsync(Some.Enough);
        await _server.NextAsync();

        new TestRun(pipeline) { Inputs = $$"""{"a":"{{new string('x', 8_000)}}"}""" }.Start();

        Assert.Equal(1, pipeline.Counters.Losses[ExportLossReason.QueueBytes]);
        gate.SetResult();
        Assert.True(await flush);
        Some.AssertSettled(pipeline.Counters);
    }

    [Fact]
    public async Task FullQueue_DropsTheNewestAndSaysItOncePerBurst()
    {
        var log = new FakeLogCollector();
        await using var pipeline = new ExportPipeline(
            Some.Options(_server, options => options.QueueCountMax = 2), new LoggerFactory([new FakeLoggerProvider(log)]));
        var kept = new[] { new TestRun(pipeline).Start(), new TestRun(pipeline).Start() };
        for (var index = 0; index < 10; index++)
        {
            new TestRun(pipeline).Start();
        }

        await Some.FlushedAsync(pipeline);

        Assert.Equal(kept.Select(run => run.RunId), _server.Requests.SelectMany(request => request.Operations).Select(operation => operation.Id));
        var said = log.GetSnapshot();
        Assert.Single(said, record => record.Id.Id == 1110);
        Assert.Contains("10 entries", Assert.Single(said, record => record.Id.Id == 1111).Message);
    }

    [Fact]
    public async Task Flush_WhenTheTimeIsNotEnough_IsFalse()
    {
        var gate = new TaskCompletionSource();
        _server.Answer = _ => new Reply(202, After: gate.Task);
        await using var pipeline = Some.Pipeline(_server);
        TestRun.Whole(pipeline);

        Assert.False(await pipeline.FlushAsync(TimeSpan.Zero));

        gate.SetResult();
        Assert.True(await pipeline.FlushAsync(Some.Enough));
    }

    [Fact]
    public async Task Flush_AfterTheEnd_IsTrueAtOnce()
    {
        var pipeline = Some.Pipeline(_server);
        await pipeline.DisposeAsync();
        TestRun.Whole(pipeline);

        Assert.True(await pipeline.FlushAsync(Timeout.InfiniteTimeSpan));

        Assert.Equal(2, pipeline.Counters.Losses[ExportLossReason.Disposed]);
        Some.AssertSettled(pipeline.Counters);
    }

    [Fact]
    public async Task Info_ThatFailedOnce_IsAskedAgainLater()
    {
        _server.Info = new Reply(500);
        var time = new FakeTimeProvider();
        await using var pipeline = Some.Pipeline(_server, time: time);
        TestRun.Whole(pipeline);
        await Some.FlushedAsync(pipeline);
        _server.Info = new Reply(200, Body: MockServer.FullInfo);
        TestRun.Whole(pipeline);
        await Some.FlushedAsync(pipeline);
        Assert.Equal(1, _server.InfoRequests);

        time.Advance(TimeSpan.FromMinutes(2));
        while (_server.Requests[^1].Header("Content-Encoding") is null)
        {
            // Nobody waits for the second question: some later batch has the answer.
            TestRun.Whole(pipeline);
            await Some.FlushedAsync(pipeline);
        }

        Assert.Equal(2, _server.InfoRequests);
        Assert.Equal([null, null, "zstd"], new[] { 0, 1, _server.Requests.Count - 1 }.Select(index => _server.Requests[index].Header("Content-Encoding")));
    }

    [Fact]
    public async Task FailingServer_IsAskedAgainAfterPausesThatDouble()
    {
        _server.Info = new Reply(404);
        var left = 4;
        _server.Answer = _ => new Reply(Interlocked.Decrement(ref left) >= 0 ? 500 : 202);
        var time = new LeapingTime();
        await using var pipeline = Some.Pipeline(_server, options => options.RetryDelay = TimeSpan.FromSeconds(1), time);
        TestRun.Whole(pipeline);

        await Some.FlushedAsync(pipeline);

        // The other timers of the exporter are of 2 s (patience with /info) and of 10 s (its time-out).
        var pauses = time.Leaps.Where(leap => leap != TimeSpan.FromSeconds(2) && leap != TimeSpan.FromSeconds(10)).Select(leap => leap.TotalSeconds).ToArray();
        Assert.Equal(4, pauses.Length);
        Assert.All(pauses.Zip([1.0, 2, 4, 8]), pair => Assert.InRange(pair.First, pair.Second / 2, pair.Second));
        Assert.Equal(1, pipeline.Counters.Delivered);
    }

    [Fact]
    public async Task KnownRunAmongMany_IsNamedAndTheOthersArrive()
    {
        var log = new FakeLogCollector();
        await using var pipeline = new ExportPipeline(Some.Options(_server), new LoggerFactory([new FakeLoggerProvider(log)]));
        var runs = Enumerable.Range(0, 10).Select(_ => TestRun.Whole(pipeline)).ToArray();
        var known = runs[6].RunId;
        _server.Answer = request => new Reply(request.Operations.Any(operation => operation.Id == known) ? 409 : 202);

        await Some.FlushedAsync(pipeline);

        Assert.Equal((9, 1, 0), (pipeline.Counters.Delivered, pipeline.Counters.Duplicate, pipeline.Counters.Rejected));
        Assert.Contains(known.ToString(), Assert.Single(log.GetSnapshot(), record => record.Id.Id == 1133).Message);
    }

    [Fact]
    public async Task SpillFile_IsTheOwnersAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
            return;
        }

        var folder = Path.Combine(Path.GetTempPath(), $"langsmith-spill-{Uuid7.NewGuid():N}");
        try
        {
            _server.Answer = _ => new Reply(503);
            await using var pipeline = Some.Pipeline(_server, options => (options.RetryFor, options.SpillDirectory) = (TimeSpan.Zero, folder), new LeapingTime());
            TestRun.Whole(pipeline);
            await Some.FlushedAsync(pipeline);

            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(Directory.GetFiles(folder))));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
