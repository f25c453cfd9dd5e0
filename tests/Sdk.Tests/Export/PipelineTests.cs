using LangSmith.Export;

namespace LangSmith.Sdk.Tests.Export;

/// <summary>What the exporter does with runs against a peer on a real socket, in every weather.</summary>
public sealed class PipelineTests : IAsyncLifetime
{
    private MockServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await MockServer.StartAsync();

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Flush_RunThatEndedMeanwhile_IsOneCreation()
    {
        await using var pipeline = Some.Pipeline(_server);
        var run = TestRun.Whole(pipeline);

        await Some.FlushedAsync(pipeline);

        var request = Assert.Single(_server.Requests);
        Assert.Equal("/runs/multipart", request.Path);
        Assert.Equal([("post", run.RunId)], request.Operations);
        Assert.Equal("zstd", request.Header("Content-Encoding"));
        Assert.Equal("lsv2_secret", request.Header("x-api-key"));
        Assert.Equal(["post", "post", "post", "post"], request.Parts.Select(part => part.Name.Split('.')[0]));
        Assert.All(request.Parts, part => Assert.Equal(part.DeclaredLength, part.Content.Length));
        Some.AssertSettled(pipeline.Counters);
        Assert.Equal((1, 1), (pipeline.Counters.Enqueued, pipeline.Counters.Delivered));
    }

    [Fact]
    public async Task Flush_RunThatEndsLater_IsACreationThenAnUpdateThenItsFeedback()
    {
        await using var pipeline = Some.Pipeline(_server);
        var run = new TestRun(pipeline).Start();
        await Some.FlushedAsync(pipeline);
        run.End();
        var feedback = run.Feedback();
        pipeline.TryEnqueue(feedback);
        await Some.FlushedAsync(pipeline);

        Assert.Equal(
            [("post", run.RunId), ("patch", run.RunId), ("feedback", feedback.FeedbackId)],
            _server.Requests.SelectMany(request => request.Operations));
        Some.AssertSettled(pipeline.Counters);
    }

    [Fact]
    public async Task Flush_FeedbackWithoutItsTrace_GoesByItsOwnRouteAfterTheRun()
    {
        await using var pipeline = Some.Pipeline(_server);
        var run = TestRun.Whole(pipeline);
        pipeline.TryEnqueue(run.Feedback(withTrace: false));

        await Some.FlushedAsync(pipeline);

        Assert.Equal(["/runs/multipart", "/feedback"], _server.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task Flush_MoreThanABatch_IsSeveralOfTheServersSize()
    {
        await using var pipeline = Some.Pipeline(_server);
        for (var index = 0; index < 250; index++)
        {
            TestRun.Whole(pipeline);
        }

        await Some.FlushedAsync(pipeline);

        Assert.All(_server.Requests, request => Assert.True(request.Operations.Count() <= 100));
        Assert.Equal(250, _server.Requests.Sum(request => request.Operations.Count()));
        Some.AssertSettled(pipeline.Counters);
    }

    [Theory]
    [InlineData("""{"batch_ingest_config":{"use_multipart_endpoint":true},"instance_flags":{"gzip_body_enabled":true}}""", "/runs/multipart", "gzip")]
    [InlineData("""{"batch_ingest_config":{"use_multipart_endpoint":true}}""", "/runs/multipart", null)]
    [InlineData("""{"batch_ingest_config":{"use_multipart_endpoint":false},"instance_flags":{"zstd_compression_enabled":true}}""", "/runs/batch", null)]
    [InlineData("{}", "/runs/multipart", null)]
    public async Task Flush_ServerThatOffersLess_IsSentWhatItTakes(string info, string path, string? encoding)
    {
        _server.Info = new Reply(200, Body: info);
        await using var pipeline = Some.Pipeline(_server);
        var run = TestRun.Whole(pipeline);

        await Some.FlushedAsync(pipeline);

        var request = Assert.Single(_server.Requests);
        Assert.Equal((path, encoding), (request.Path, request.Header("Content-Encoding")));
        Assert.Equal([("post", run.RunId)], request.Operations);
    }

    [Fact]
    public async Task Flush_ServerWithoutParts_FallsBackToJsonForGood()
    {
        _server.Info = new Reply(404);
        _server.Answer = request => new Reply(request.Path == "/runs/multipart" ? 404 : 202);
        await using var pipeline = Some.Pipeline(_server);
        TestRun.Whole(pipeline);
        await Some.FlushedAsync(pipeline);
        TestRun.Whole(pipeline);
        await Some.FlushedAsync(pipeline);

        Assert.Equal(["/runs/multipart", "/runs/batch", "/runs/batch"], _server.Requests.Select(request => request.Path));
        Assert.Equal(2, pipeline.Counters.Delivered);
    }

    [Fact]
    public async Task Flush_ServerThatCannotDecompress_IsSentItPlain()
    {
        _server.Answer = request => new Reply(request.Header("Content-Encoding") is null ? 202 : 415);
        await using var pipeline = Some.Pipeline(_server);
        TestRun.Whole(pipeline);

        await Some.FlushedAsync(pipeline);

        Assert.Equal(["zstd", null], _server.Requests.Select(request => request.Header("Content-Encoding")));
        Assert.Equal(1, pipeline.Counters.Delivered);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(529)]
    public async Task Flush_PassingStatus_IsTriedAgainUntilItPasses(int status)
    {
        var left = 3;
        _server.Answer = _ => new Reply(Interlocked.Decrement(ref left) >= 0 ? status : 202);
        await using var pipeline = Some.Pipeline(_server, time: new LeapingTime());
        TestRun.Whole(pipeline);

        await Some.FlushedAsync(pipeline);

        Assert.Equal(4, _server.Requests.Count);
        Assert.Equal(1, pipeline.Counters.Delivered);
        Some.AssertSettled(pipeline.Counters);
    }

    [Fact]
    public async Task Flush_RetryAfter_IsWaitedFor()
    {
        var left = 1;
        _server.Answer = _ => Interlocked.Decrement(ref left) >= 0 ? new Reply(429, RetryAfter: "17") : new Reply(202);
        var time = new LeapingTime();
        await using var pipeline = Some.Pipeline(_server, time: time);
        TestRun.Whole(pipeline);

        await Some.FlushedAsync(pipeline);

        Assert.Contains(time.Leaps, leap => leap >= TimeSpan.FromSeconds(17) && leap < TimeSpan.FromSeconds(18));
    }

    [Fact]
    public async Task Flush_CutConnection_IsTriedAgain()
    {
        var left = 2;
        _server.Answer = _ => new Reply(202, Drop: Interlocked.Decrement(ref left) >= 0);
        await using var pipeline = Some.Pipeline(_server, time: new LeapingTime());
        TestRun.Whole(pipeline);

        await Some.FlushedAsync(pipeline);

        Assert.Equal(1, pipeline.Counters.Delivered);
    }

    [Theory]
    [InlineData(401, ExportLossReason.Unauthorized)]
    [InlineData(403, ExportLossReason.Forbidden)]
    [InlineData(302, ExportLossReason.NotFound)]
    [InlineData(501, ExportLossReason.OtherStatus)]
    public async Task Flush_FinalStatus_IsNotTriedAgainAndCounted(int status, ExportLossReason reason)
    {
        _server.Answer = _ => new Reply(status, Location: status == 302 ? "/elsewhere" : null);
        await using var pipeline = Some.Pipeline(_server, time: new LeapingTime());
        TestRun.Whole(pipeline);

        await Some.FlushedAsync(pipeline);

        Assert.Single(_server.Requests);
        Assert.Equal((1, 1), (pipeline.Counters.Rejected, pipeline.Counters.Losses[reason]));
        Some.AssertSettled(pipeline.Counters);
    }

    [Theory]
    [InlineData(422)]
    [InlineData(400)]
    [InlineData(413)]
    public async Task Flush_OneBadRunAmongMany_CostsOnlyItself(int status)
    {
        await using var pipeline = Some.Pipeline(_server);
        var runs = Enumerable.Range(0, 16).Select(_ => TestRun.Whole(pipeline)).ToArray();
        var bad = runs[11].RunId;
        _server.Answer = request => new Reply(request.Operations.Any(operation => operation.Id == bad) ? status : 202);

        await Some.FlushedAsync(pipeline);

        Assert.Equal((15, 1), (pipeline.Counters.Delivered, pipeline.Counters.Rejected));
        var accepted = _server.Requests.Where(request => request.Status == 202).SelectMany(request => request.Operations).Select(operation => operation.Id);
        Assert.Equal(runs.Select(run => run.RunId).Where(id => id != bad).Order(), accepted.Order());
        Some.AssertSettled(pipeline.Counters);
    }

    [Fact]
    public async Task Flush_KnownRun_IsADuplicateAndNoLoss()
    {
        _server.Answer = _ => new Reply(409);
        await using var pipeline = Some.Pipeline(_server);
        TestRun.Whole(pipeline);

        await Some.FlushedAsync(pipeline);

        Assert.Equal((1, 0), (pipeline.Counters.Duplicate, pipeline.Counters.Rejected));
        Some.AssertSettled(pipeline.Counters);
    }

    [Fact]
    public async Task Enqueue_BeyondTheBounds_IsDroppedAndCounted()
    {
        await using var pipeline = Some.Pipeline(_server, options => options.QueueCountMax = 3);
        for (var index = 0; index < 5; index++)
        {
            TestRun.Whole(pipeline);
        }

        await Some.FlushedAsync(pipeline);

        // The end of a run that did not get in tries once more.
        Assert.Equal(3, pipeline.Counters.Delivered);
        Assert.Equal(pipeline.Counters.Dropped, pipeline.Counters.Losses[ExportLossReason.QueueCount]);
        Some.AssertSettled(pipeline.Counters);
    }

    [Fact]
    public async Task Enqueue_BeyondTheBytes_IsDroppedAndCounted()
    {
        await using var pipeline = Some.Pipeline(_server, options => options.QueueBytesMax = 4_000);
        for (var index = 0; index < 20; index++)
        {
            TestRun.Whole(pipeline);
        }

        await Some.FlushedAsync(pipeline);

        Assert.True(pipeline.Counters.Losses[ExportLossReason.QueueBytes] > 0);
        Assert.True(pipeline.Counters.Delivered > 0);
        Some.AssertSettled(pipeline.Counters);
    }

    [Fact]
    public async Task GivenUp_WithoutAFolder_IsDroppedAndCounted()
    {
        _server.Answer = _ => new Reply(503);
        await using var pipeline = Some.Pipeline(_server, options => options.RetryFor = TimeSpan.FromSeconds(5), new LeapingTime());
        TestRun.Whole(pipeline);

        await Some.FlushedAsync(pipeline);

        Assert.Equal(1, pipeline.Counters.Losses[ExportLossReason.ServerUnavailable]);
        Assert.Contains("Dropped = 1,", pipeline.Counters.ToString(), StringComparison.Ordinal);
        Assert.Contains("Losses = { ServerUnavailable = 1 }", pipeline.Counters.ToString(), StringComparison.Ordinal);
        Some.AssertSettled(pipeline.Counters);
    }

    [Fact]
    public async Task GivenUp_WithAFolder_WaitsThereAndIsSentWhenTheServerAnswers()
    {
        var folder = Directory.CreateTempSubdirectory("langsmith-spill-").FullName;
        try
        {
            _server.Answer = _ => new Reply(503);
            await using var pipeline = Some.Pipeline(
                _server, options => (options.RetryFor, options.SpillDirectory) = (TimeSpan.FromSeconds(5), folder), new LeapingTime());
            var spilled = TestRun.Whole(pipeline);
            await Some.FlushedAsync(pipeline);
            Assert.Equal((1, 0), (pipeline.Counters.Spilled, pipeline.Counters.Dropped));
            Some.AssertSettled(pipeline.Counters);
            Assert.Single(Directory.GetFiles(folder));

            _server.Answer = _ => new Reply(202);
            TestRun.Whole(pipeline);
            await Some.FlushedAsync(pipeline);

            Assert.Equal((2, 0), (pipeline.Counters.Delivered, pipeline.Counters.Spilled));
            Assert.Contains(spilled.RunId, _server.Requests.Where(request => request.Status == 202).SelectMany(request => request.Operations).Select(operation => operation.Id));
            Assert.Empty(Directory.GetFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Start_WithWhatAnEarlierProcessLeft_SendsItToo()
    {
        var folder = Directory.CreateTempSubdirectory("langsmith-spill-").FullName;
        try
        {
            _server.Answer = _ => new Reply(503);
            Guid spilled;
            await using (var earlier = Some.Pipeline(_server, options => (options.RetryFor, options.SpillDirectory) = (TimeSpan.Zero, folder), new LeapingTime()))
            {
                spilled = TestRun.Whole(earlier).RunId;
                await Some.FlushedAsync(earlier);
            }

            _server.Answer = _ => new Reply(202);
            await using var later = Some.Pipeline(_server, options => options.SpillDirectory = folder);
            TestRun.Whole(later);
            await Some.FlushedAsync(later);

            Assert.Contains(spilled, _server.Requests.Where(request => request.Status == 202).SelectMany(request => request.Operations).Select(operation => operation.Id));
            Assert.Equal((2, 2), (later.Counters.Enqueued, later.Counters.Delivered));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Dispose_WithWhatIsQueued_SendsItFirst()
    {
        var pipeline = Some.Pipeline(_server);
        TestRun.Whole(pipeline);

        await pipeline.DisposeAsync();

        Assert.Equal(1, pipeline.Counters.Delivered);
        Assert.False(pipeline.TryEnqueue(new TestRun(pipeline), 1));
        Assert.Equal(1, pipeline.Counters.Losses[ExportLossReason.Disposed]);
    }

    [Fact]
    public async Task Dispose_ServerThatHangs_EndsAtItsDeadlineAndCounts()
    {
        _server.Answer = _ => new Reply(202, After: new TaskCompletionSource().Task.WaitAsync(TestContext.Current.CancellationToken));
        var pipeline = Some.Pipeline(_server, options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(1));
        TestRun.Whole(pipeline);

        await pipeline.DisposeAsync();

        Assert.Equal(0, pipeline.Counters.Delivered);
        Assert.Equal(1, pipeline.Counters.Dropped);
        Some.AssertSettled(pipeline.Counters);
    }

    [Fact]
    public async Task Enqueue_FromManyThreads_EveryEntryIsInOneColumn()
    {
        var answers = 0;
        _server.Answer = _ => new Reply((Interlocked.Increment(ref answers) % 5) switch { 0 => 503, 1 => 422, 2 => 409, _ => 202 });
        await using var pipeline = Some.Pipeline(_server, options => options.QueueCountMax = 400, new LeapingTime());

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var index = 0; index < 100; index++)
            {
                TestRun.Whole(pipeline);
            }
        })));
        await Some.FlushedAsync(pipeline);

        Assert.True(pipeline.Counters.Enqueued >= 800);
        Some.AssertSettled(pipeline.Counters);
    }
}
