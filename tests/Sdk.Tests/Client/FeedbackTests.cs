using System.Text.Json;
using LangSmith.Sdk.Tests.Export;

namespace LangSmith.Sdk.Tests.Client;

/// <summary>Feedback as it leaves; what a real server makes of it is tested with that.</summary>
public sealed class FeedbackTests : IAsyncLifetime
{
    private static readonly CancellationToken s_token = TestContext.Current.CancellationToken;

    private MockServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await MockServer.StartAsync();

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task CreateFeedbackAsync_RunNotThereYet_IsTriedAgain()
    {
        _server.Answer = _ => new Reply(_server.Requests.Count < 2 ? 404 : 200);
        await using var client = Client();

        var id = await client.CreateFeedbackAsync(Uuid7.NewGuid(), "user_score", 1, cancellationToken: s_token);

        Assert.Equal([404, 404, 200], _server.Requests.Select(request => request.Status));
        Assert.All(_server.Requests, request => Assert.Equal(id, request.Json.GetProperty("id").GetGuid()));
        Assert.True(Uuid7.IsVersion7(id));
    }

    [Fact]
    public async Task CreateFeedbackAsync_RunThatNeverComes_FailsSoon()
    {
        _server.Answer = _ => new Reply(404, Body: """{"detail":"Run not found"}""");
        await using var client = Client();

        var error = await Assert.ThrowsAsync<LangSmithApiException>(() => client.CreateFeedbackAsync(Uuid7.NewGuid(), "k", 1, cancellationToken: s_token));

        Assert.Equal(System.Net.HttpStatusCode.NotFound, error.Status);
        Assert.Equal(4, _server.Requests.Count);
    }

    [Fact]
    public async Task AddFeedback_RunNotThereYet_IsTriedAgainInTheBackground()
    {
        _server.Answer = _ => new Reply(_server.Requests.Count < 2 ? 404 : 200);
        await using var client = Client();

        var id = client.AddFeedback(Uuid7.NewGuid(), "user_score", 1);
        Assert.Empty(_server.Requests);
        Assert.Equal(0, _server.InfoRequests);

        Assert.True(await client.FlushAsync(cancellationToken: s_token));
        Assert.Equal([404, 404, 200], _server.Requests.Select(request => request.Status));
        Assert.Equal(id, _server.Requests[2].Json.GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task AddFeedback_ByTheIdOfAQueuedRun_ArrivesAfterIt()
    {
        await using var tracer = Some.Tracer(_server);
        await using var client = new LangSmithClient(Options(), tracer);
        var id = Uuid7.NewGuid();

        var before = client.AddFeedback(id, "in_advance", 1);
        tracer.StartRun("run", new RunOptions { RunId = id }).Dispose();
        var after = client.AddFeedback(id, "afterwards", 0);
        await Some.FlushedAsync(tracer);

        Assert.Equal([("post", id), ("feedback", before), ("feedback", after)], _server.Requests.SelectMany(request => request.Operations));
    }

    [Fact]
    public async Task CreateFeedbackAsync_Everything_IsWrittenAsTheWireHasIt()
    {
        await using var client = Client();
        var (runId, feedbackId, sourceId) = (Uuid7.NewGuid(), Uuid7.NewGuid(), Uuid7.NewGuid());

        Assert.Equal(feedbackId, await client.CreateFeedbackAsync(
            runId,
            "correctness",
            0.00001,
            new FeedbackInput
            {
                Id = feedbackId,
                Value = new Dictionary<string, object?> { ["grade"] = "A" },
                Comment = "nice ü",
                Correction = new Dictionary<string, object?> { ["expected"] = "y" },
                SourceType = "model",
                SourceMetadata = new Dictionary<string, object?> { ["user"] = "u1" },
                SourceRunId = sourceId,
                ExtendTraceRetention = false,
            },
            s_token));

        var body = Assert.Single(_server.Requests).Json;
        Assert.Equal((feedbackId, runId, "correctness"), (body.GetProperty("id").GetGuid(), body.GetProperty("run_id").GetGuid(), body.GetProperty("key").GetString()));
        Assert.Equal(0.00001, body.GetProperty("score").GetDouble());
        Assert.Equal("A", body.GetProperty("value").GetProperty("grade").GetString());
        Assert.Equal("nice ü", body.GetProperty("comment").GetString());
        Assert.Equal("y", body.GetProperty("correction").GetProperty("expected").GetString());
        Assert.Equal("model", body.GetProperty("feedback_source").GetProperty("type").GetString());
        Assert.Equal("u1", body.GetProperty("feedback_source").GetProperty("metadata").GetProperty("user").GetString());
        Assert.Equal(sourceId, body.GetProperty("feedback_source").GetProperty("metadata").GetProperty("__run").GetProperty("run_id").GetGuid());
        Assert.False(body.GetProperty("extend_trace_retention").GetBoolean());
        Assert.DoesNotContain(body.EnumerateObject(), field => field.Value.ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task AddFeedback_ThatDoesNotExtendRetention_TakesTheRouteThatReadsIt()
    {
        await using var client = Client();
        var runId = Uuid7.NewGuid();

        client.AddFeedback(runId, "k", 1, new FeedbackInput { TraceId = runId, ExtendTraceRetention = false });
        Assert.True(await client.FlushAsync(cancellationToken: s_token));

        var request = Assert.Single(_server.Requests);
        Assert.Equal("/feedback", request.Path);
        Assert.False(request.Json.GetProperty("extend_trace_retention").GetBoolean());
    }

    [Fact]
    public async Task Score_TruthValue_IsOneOnTheWire()
    {
        await using var client = Client();

        await client.CreateFeedbackAsync(Uuid7.NewGuid(), "k", feedback: new FeedbackInput { Score = true }, cancellationToken: s_token);

        Assert.Equal(JsonValueKind.True, Assert.Single(_server.Requests).Json.GetProperty("score").ValueKind);
    }

    [Fact]
    public async Task UpdateFeedbackAsync_Clear_IsANullAndWhatIsNotGivenIsNotSent()
    {
        await using var client = Client();

        await client.UpdateFeedbackAsync(Uuid7.NewGuid(), new FeedbackInput { Score = 0 }, FeedbackFields.Comment | FeedbackFields.Value, s_token);

        Assert.Equal("""{"score":0,"value":null,"comment":null}""", Assert.Single(_server.Requests).Json.GetRawText());
    }

    [Fact]
    public async Task ListFeedbackAsync_SourceTypes_AreInTheAddress()
    {
        _server.Answer = _ => new Reply(200, Body: "[]");
        await using var client = Client();
        var id = Uuid7.NewGuid();

        await foreach (var _ in client.ListFeedbackAsync([id], ["a b"], ["api", "model"], s_token))
        {
        }

        Assert.StartsWith($"?run={id}&key=a%20b&source=api&source=model&", Assert.Single(_server.Requests).Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 0, 3, 0)]
    [InlineData(90, 0, 1, 30)]
    [InlineData(2 * 24 * 60, 2, 0, 0)]
    public async Task CreateFeedbackTokenAsync_Lifetime_IsAskedForAsThat(int? minutes, int days, int hours, int rest)
    {
        _server.Answer = _ => new Reply(200, Body: $$"""{"id":"{{Uuid7.NewGuid()}}","url":"http://a/b","expires_at":"2030-01-01T00:00:00Z"}""");
        await using var client = Client();

        await client.CreateFeedbackTokenAsync(Uuid7.NewGuid(), "k", minutes is { } given ? TimeSpan.FromMinutes(given) : null, s_token);

        Assert.Equal($$"""{"days":{{days}},"hours":{{hours}},"minutes":{{rest}}}""", Assert.Single(_server.Requests).Json.GetProperty("expires_in").GetRawText());
    }

    [Fact]
    public async Task CreateFeedbackTokenAsync_NoTime_IsRefusedByName()
    {
        await using var client = Client();

        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => client.CreateFeedbackTokenAsync(Uuid7.NewGuid(), "k", TimeSpan.Zero, s_token));

        Assert.Equal("validFor", error.ParamName);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task AddFeedback_OfASampledOutTrace_IsNotSent()
    {
        await using var tracer = Some.Tracer(_server, options => options.SamplingRate = 0);
        await using var client = new LangSmithClient(Options(), tracer);

        using (var run = tracer.StartRun("run"))
        {
            run.AddFeedback("k", 1);
            client.AddFeedback(run.Id, "k", 1, new FeedbackInput { TraceId = run.TraceId });
        }

        await Some.FlushedAsync(tracer);
        Assert.Empty(_server.Requests);
    }

    private LangSmithClient Client() => new(Options());

    private LangSmithOptions Options() => Some.TracerOptions(_server.Url, options => options.Export.RetryDelay = TimeSpan.FromMilliseconds(1));
}
