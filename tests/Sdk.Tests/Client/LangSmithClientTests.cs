using System.Net;
using LangSmith.Sdk.Tests.Export;
using Microsoft.Extensions.Time.Testing;

namespace LangSmith.Sdk.Tests.Client;

/// <summary>What the client says and hears on a real socket; its work with a real server is tested with that.</summary>
public sealed class LangSmithClientTests
{
    private const string Key = "lsv2_pt_0123456789abcdef";

    private static readonly CancellationToken s_token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadRunAsync_ServerHasNone_IsNull()
    {
        await using var peer = await MockServer.StartAsync();
        peer.Answer = _ => new Reply(404, Body: """{"detail":"Run not found"}""");
        await using var client = Client(peer);
        var id = Uuid7.NewGuid();

        Assert.Null(await client.ReadRunAsync(id, s_token));

        var request = Assert.Single(peer.Requests);
        Assert.Equal(("GET", $"/runs/{id}"), (request.Method, request.Path));
        Assert.Equal(Key, request.Header("x-api-key"));
        Assert.Equal("a-workspace", request.Header("x-tenant-id"));
        Assert.StartsWith("langsmith-dotnet/", request.Header("User-Agent"));
    }

    [Theory]
    [InlineData(422, """{"detail":"score must be a number"}""", "score must be a number")]
    [InlineData(400, """{"error":"bad"}""", "bad")]
    [InlineData(403, "<html>no</html>", "<html>no</html>")]
    [InlineData(422, """{"detail":[{"loc":["body","key"],"msg":"field required"}]}""", "field required")]
    public async Task CreateFeedbackAsync_Refused_SaysStatusAndTheServersWords(int status, string body, string words)
    {
        await using var peer = await MockServer.StartAsync();
        peer.Answer = _ => new Reply(status, Body: body);
        await using var client = Client(peer);

        var error = await Assert.ThrowsAsync<LangSmithApiException>(() => client.CreateFeedbackAsync(Uuid7.NewGuid(), "k", 1, cancellationToken: s_token));

        Assert.Equal((HttpStatusCode)status, error.Status);
        Assert.Contains($"POST /feedback was refused with {status}: ", error.Message);
        Assert.Contains(words, error.Message);
        Assert.Single(peer.Requests);
    }

    [Fact]
    public async Task AnyCall_ServerRepeatsTheKey_ErrorDoesNot()
    {
        await using var peer = await MockServer.StartAsync();
        peer.Answer = _ => new Reply(401, Body: $$"""{"detail":"Invalid token {{Key}}"}""");
        await using var client = Client(peer);

        var error = await Assert.ThrowsAsync<LangSmithApiException>(() => client.ReadRunAsync(Uuid7.NewGuid(), s_token));

        Assert.Contains("Invalid token [key]", error.Message);
        Assert.DoesNotContain(Key, error.ToString());
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(500)]
    [InlineData(502)]
    public async Task ReadRunAsync_BusyOrFailingServer_IsAskedAgain(int status)
    {
        await using var peer = await MockServer.StartAsync();
        peer.Answer = _ => peer.Requests.Count < 2 ? new Reply(status) : new Reply(404);
        await using var client = Client(peer);

        Assert.Null(await client.ReadRunAsync(Uuid7.NewGuid(), s_token));

        Assert.Equal([status, status, 404], peer.Requests.Select(request => request.Status));
    }

    [Fact]
    public async Task CreateProjectAsync_ServerFailed_IsNotRepeatedAsItMayHaveBeenDone()
    {
        await using var peer = await MockServer.StartAsync();
        peer.Answer = _ => new Reply(500, Body: """{"detail":"half done"}""");
        await using var client = Client(peer);

        await Assert.ThrowsAsync<LangSmithApiException>(() => client.CreateProjectAsync("p", cancellationToken: s_token));

        Assert.Single(peer.Requests);
    }

    [Fact]
    public async Task ReadRunAsync_ServerKeepsFailing_GivesUpAfterFourAttempts()
    {
        await using var peer = await MockServer.StartAsync();
        peer.Answer = _ => new Reply(503, Body: """{"detail":"later"}""");
        await using var client = Client(peer);

        var error = await Assert.ThrowsAsync<LangSmithApiException>(() => client.ReadRunAsync(Uuid7.NewGuid(), s_token));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, error.Status);
        Assert.Equal(4, peer.Requests.Count);
    }

    [Fact]
    public async Task ReadRunAsync_ServerAsksForMoreTimeThanThereIs_GivesUpAtOnce()
    {
        await using var peer = await MockServer.StartAsync();
        peer.Answer = _ => new Reply(429, RetryAfter: "3600");
        await using var client = Client(peer);

        await Assert.ThrowsAsync<LangSmithApiException>(() => client.ReadRunAsync(Uuid7.NewGuid(), s_token));

        Assert.Single(peer.Requests);
    }

    [Fact]
    public async Task AnyCall_NobodyThere_SaysWhere()
    {
        await using var client = new LangSmithClient(Options(new Uri("http://127.0.0.1:1")));

        var error = await Assert.ThrowsAsync<LangSmithApiException>(() => client.ReadRunAsync(Uuid7.NewGuid(), s_token));

        Assert.Null(error.Status);
        Assert.Contains("http://127.0.0.1:1/", error.Message);
        Assert.DoesNotContain(Key, error.ToString());
    }

    [Fact]
    public async Task AnyCall_NoAnswerInTime_SaysSo()
    {
        var never = new TaskCompletionSource();
        var clock = new FakeTimeProvider();
        await using var peer = await MockServer.StartAsync();
        peer.Answer = _ => new Reply(200, After: never.Task);
        var options = Options(peer.Url);
        options.Time = clock;
        await using var client = new LangSmithClient(options);

        var call = client.ReadRunAsync(Uuid7.NewGuid(), s_token);
        await peer.NextAsync();
        clock.Advance(TimeSpan.FromSeconds(31));

        Assert.Contains("within 30 s", (await Assert.ThrowsAsync<LangSmithApiException>(() => call)).Message);
        never.SetResult();
    }

    [Fact]
    public async Task AnyCall_Cancelled_IsCancelledAndNoApiError()
    {
        var never = new TaskCompletionSource();
        await using var peer = await MockServer.StartAsync();
        peer.Answer = _ => new Reply(200, After: never.Task);
        await using var client = Client(peer);
        using var cancellation = new CancellationTokenSource();

        var call = client.ReadRunAsync(Uuid7.NewGuid(), cancellation.Token);
        await peer.NextAsync();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        never.SetResult();
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"id":"no-uuid"}""")]
    [InlineData("[]")]
    public async Task ReadRunAsync_AnswerIsNoRun_SaysSo(string body)
    {
        await using var peer = await MockServer.StartAsync();
        peer.Answer = _ => new Reply(200, Body: body);
        await using var client = Client(peer);

        Assert.Contains("not the expected JSON", (await Assert.ThrowsAsync<LangSmithApiException>(() => client.ReadRunAsync(Uuid7.NewGuid(), s_token))).Message);
    }

    [Fact]
    public async Task ListRunsAsync_SeveralPages_FollowsTheCursorOnlyAsFarAsAsked()
    {
        await using var peer = await MockServer.StartAsync();
        peer.Answer = request => new Reply(200, Body: request.Json.TryGetProperty("cursor", out var cursor) && cursor.GetString() == "second"
            ? $$$"""{"runs":[{"id":"{{{Uuid7.NewGuid()}}}"}],"cursors":{"next":"third"}}"""
            : $$$"""{"runs":[{"id":"{{{Uuid7.NewGuid()}}}"},{"id":"{{{Uuid7.NewGuid()}}}"}],"cursors":{"next":"second"}}""");
        await using var client = Client(peer);

        var runs = new List<RunRecord>();
        await foreach (var run in client.ListRunsAsync(new RunQuery { TraceId = Uuid7.NewGuid(), Limit = 3 }, s_token))
        {
            runs.Add(run);
        }

        Assert.Equal(3, runs.Count);
        Assert.Equal([3, 1], peer.Requests.Select(request => request.Json.GetProperty("limit").GetInt32()));
    }

    [Fact]
    public async Task ListRunsAsync_EveryCondition_IsWrittenAsTheWireHasIt()
    {
        await using var peer = await MockServer.StartAsync();
        peer.Answer = _ => new Reply(200, Body: """{"runs":[],"cursors":{}}""");
        await using var client = Client(peer);
        var id = Uuid7.NewGuid();
        var time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1));

        await foreach (var _ in client.ListRunsAsync(
            new RunQuery
            {
                Ids = [id],
                ProjectIds = [id],
                TraceId = id,
                ParentRunId = id,
                IsRoot = true,
                HasError = false,
                RunType = "llm",
                ReferenceExampleIds = [id],
                StartedFrom = time,
                StartedBefore = time,
                Filter = "f",
                TraceFilter = "t",
                TreeFilter = "r",
                Select = ["id"],
                Ascending = true,
            },
            s_token))
        {
        }

        var body = Assert.Single(peer.Requests).Json;
        Assert.Equal(
            $$"""
            {"id":["{{id}}"],"session":["{{id}}"],"trace":"{{id}}","parent_run":"{{id}}","is_root":true,"error":false,"run_type":"llm","reference_example":["{{id}}"],"start_time":"2026-01-02T02:04:05.000000Z","end_time":"2026-01-02T02:04:05.000000Z","filter":"f","trace_filter":"t","tree_filter":"r","select":["id"],"order":"asc","limit":100}
            """,
            body.GetRawText());
    }

    [Fact]
    public async Task CreateRunAsync_RulesAndHiding_HoldForHandMadeRunsToo()
    {
        await using var peer = await MockServer.StartAsync();
        var options = Options(peer.Url);
        options.HideOutputs = true;
        options.Redactions.Add(LangSmith.Redaction.RedactionRule.Pattern("secret"));
        await using var client = new LangSmithClient(options);

        await client.CreateRunAsync(
            new RunInput
            {
                Name = "by hand",
                Inputs = new Dictionary<string, object?> { ["q"] = "a secret" },
                Outputs = "secret",
                Error = "secret",
                Tags = ["secret"],
                Metadata = new Dictionary<string, object?> { ["m"] = "secret" },
            },
            s_token);

        var text = Assert.Single(peer.Requests).Json.GetRawText();
        Assert.DoesNotContain("secret", text);
        Assert.Contains("""
            "outputs":{}
            """, text);
        Assert.Contains("""
            "metadata":{"m":"[redacted]"}
            """, text);
    }

    [Fact]
    public async Task CreateRunAsync_StartOfLongAgo_IdCarriesIt()
    {
        await using var peer = await MockServer.StartAsync();
        await using var client = Client(peer);
        var start = new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.Zero);

        var id = await client.CreateRunAsync(new RunInput { StartTime = start }, s_token);

        Assert.True(Uuid7.TryGetTimestamp(id, out var time));
        Assert.Equal(start, time);
    }

    [Fact]
    public async Task CreateRunAsync_WithoutAnId_MakesOneAndSaysWhich()
    {
        await using var peer = await MockServer.StartAsync();
        await using var client = Client(peer);
        var metadata = new Dictionary<string, object?> { ["m"] = 1 };

        var id = await client.CreateRunAsync(new RunInput { Inputs = metadata, Metadata = metadata }, s_token);

        Assert.True(Uuid7.IsVersion7(id));
        Assert.Equal(id, Assert.Single(peer.Requests).Json.GetProperty("id").GetGuid());
        Assert.Equal("m", Assert.Single(metadata).Key);
    }

    [Fact]
    public async Task CreateRunAsync_IdThatCannotBeTaken_IsRefusedByNameBeforeAnythingIsSent()
    {
        await using var peer = await MockServer.StartAsync();
        var options = Options(peer.Url);
        options.RunIdPolicy = RunIdPolicy.Require;
        await using var client = new LangSmithClient(options);

        foreach (var id in new[] { Guid.Empty, Guid.Parse("8f14e45f-ceea-467f-9c5e-1d1b2f6f7a01") })
        {
            var error = await Assert.ThrowsAsync<ArgumentException>(() => client.CreateRunAsync(new RunInput { Id = id }, s_token));
            Assert.Contains($"{id}", error.Message);
            Assert.Contains("Uuid7", error.Message);
        }

        Assert.Empty(peer.Requests);
    }

    [Fact]
    public async Task UpdateRunAsync_TagsAlone_SendsNothingElseWhateverTheSamplingRate()
    {
        await using var peer = await MockServer.StartAsync();
        var options = Options(peer.Url);
        options.SamplingRate = 0.5;
        await using var client = new LangSmithClient(options);
        var id = Uuid7.NewGuid();

        await client.UpdateRunAsync(id, new RunInput { Tags = ["later"] }, s_token);

        var request = Assert.Single(peer.Requests);
        Assert.Equal(("PATCH", $"/runs/{id}"), (request.Method, request.Path));
        Assert.Equal($$"""{"id":"{{id}}","tags":["later"]}""", request.Json.GetRawText());
    }

    [Fact]
    public async Task WaitForRunAsync_RunStillQueued_IsSentFirst()
    {
        await using var peer = await MockServer.StartAsync();
        var id = Uuid7.NewGuid();
        peer.Answer = request => request.Method == "GET" ? new Reply(200, Body: $$"""{"id":"{{id}}"}""") : new Reply(202);
        var options = Options(peer.Url);
        await using var tracer = new LangSmithTracer(options);
        await using var client = new LangSmithClient(options, tracer);
        tracer.StartRun("run", new RunOptions { RunId = id }).Dispose();

        Assert.Equal(id, (await client.WaitForRunAsync(id, cancellationToken: s_token)).Id);

        Assert.Equal(["POST", "GET"], peer.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task ReadRunAsync_RunWithFiles_FetchesNoneOfThem()
    {
        await using var peer = await MockServer.StartAsync();
        var id = Uuid7.NewGuid();
        peer.Answer = _ => new Reply(200, Body: $$"""{"id":"{{id}}","s3_urls":{"attachment.a":{"presigned_url":"{{peer.Url}}file"} } }""");
        await using var client = Client(peer);

        Assert.Equal(id, (await client.ReadRunAsync(id, s_token))!.Id);

        Assert.Equal($"/runs/{id}", Assert.Single(peer.Requests).Path);
    }

    [Fact]
    public async Task WaitForRunAsync_NeverThere_IsATimeoutThatNamesTheRun()
    {
        await using var peer = await MockServer.StartAsync();
        peer.Answer = _ => new Reply(404);
        await using var client = Client(peer);
        var id = Uuid7.NewGuid();

        var error = await Assert.ThrowsAsync<TimeoutException>(() => client.WaitForRunAsync(id, timeout: TimeSpan.Zero, cancellationToken: s_token));

        Assert.Contains($"{id}", error.Message);
    }

    private static LangSmithClient Client(MockServer peer) => new(Options(peer.Url));

    private static LangSmithOptions Options(Uri url) => Some.TracerOptions(url, options =>
    {
        options.ApiKey = Key;
        options.WorkspaceId = "a-workspace";
        options.ProjectName = "p";
        options.Export.RetryDelay = TimeSpan.FromMilliseconds(1);
    });
}
