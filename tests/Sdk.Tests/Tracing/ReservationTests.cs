using LangSmith.Sdk.Tests.Export;
using LangSmith.Testing;

namespace LangSmith.Sdk.Tests.Tracing;

/// <summary>Runs that are known before they start.</summary>
public sealed class ReservationTests
{
    [Fact]
    public void Reserve_NothingElse_SendsNothing()
    {
        using var capture = RunCapture.Start();

        var reservation = Traceable.Reserve("job");

        Assert.Empty(capture.Runs);
        Assert.True(Uuid7.IsVersion7(reservation.Id));
        Assert.Equal(new Uri($"http://localhost/r/{reservation.Id}"), reservation.Url);
        Assert.False(reservation.IsSettled);
    }

    [Fact]
    public void Start_Reserved_IsTheRunUnderThatId()
    {
        using var capture = RunCapture.Start();
        var id = Uuid7.NewGuid();

        using (var reservation = Traceable.Reserve("job", new RunOptions { RunId = id, RunType = "tool", Tags = ["t"] }))
        {
            using var run = reservation.Start();
            Assert.Same(run, Traceable.Current);
            run.End(new { done = true });
            Assert.True(reservation.IsSettled);
        }

        var captured = Assert.Single(capture.Runs);
        Assert.Equal((id, "job", "tool", "t"), (captured.Id, captured.Name, captured.RunType, Assert.Single(captured.Tags)));
        Assert.Null(captured.Error);
    }

    [Fact]
    public void Options_GivenToAWrapper_MakeItsRunTheReservedOne()
    {
        using var capture = RunCapture.Start();
        var wrapped = Traceable.Wrap((int number) => number, new TraceableOptions { Name = "wrapped" });

        using (var reservation = Traceable.Reserve("job"))
        {
            wrapped.Invoke(1, reservation.Options);
            Assert.Equal(reservation.Id, Assert.Single(capture.Runs).Id);
        }

        Assert.Null(Assert.Single(capture.Runs).Error);
    }

    [Theory]
    [InlineData(null, "Cancelled before start")]
    [InlineData("the customer hung up", "Cancelled before start: the customer hung up")]
    public void Cancel_BeforeTheStart_LeavesARunThatSaysSo(string? reason, string error)
    {
        using var capture = RunCapture.Start();
        var reservation = Traceable.Reserve("job", new RunOptions { Tags = ["t"], Inputs = new { order = 7 } });

        // What surrounds the cancellation has nothing to do with the run.
        using (Traceable.StartRun("something else"))
        {
            reservation.Cancel(reason);
        }

        reservation.Dispose();
        var run = capture.Single("job");
        Assert.Equal((reservation.Id, error), (run.Id, run.Error));
        Assert.Equal("""{"order":7}""", run.Inputs!.ToJsonString());
        Assert.NotNull(run.EndTime);
        Assert.Null(run.ParentRunId);
        Assert.Equal(["t"], run.Tags);
        Assert.Equal(2, capture.Runs.Count);
    }

    [Fact]
    public void Dispose_NeverStarted_IsACancellation()
    {
        using var capture = RunCapture.Start();

        using (Traceable.Reserve("job"))
        {
        }

        Assert.Equal("Cancelled before start", capture.Single("job").Error);
    }

    [Fact]
    public void Start_AfterTheCancellation_IsAnotherRun()
    {
        using var capture = RunCapture.Start();
        var reservation = Traceable.Reserve("job");

        reservation.Cancel();
        using (var run = reservation.Start())
        {
            Assert.NotEqual(reservation.Id, run.Id);
        }

        Assert.Equal(2, capture.Runs.Count);
        Assert.Equal(reservation.Id.ToString(), (string?)capture.Runs.Single(run => run.Error is null).Metadata["ls_invalid_run_id"]);
    }

    [Fact]
    public async Task Start_Elsewhere_IsBelowTheRunWhereItWasReserved()
    {
        using var capture = RunCapture.Start();
        RunReservation reservation;
        using (Traceable.StartRun("request"))
        {
            reservation = Traceable.Reserve("job");
        }

        Task work;
        using (ExecutionContext.SuppressFlow())
        {
            work = Task.Run(() => reservation.Start().Dispose());
        }

        await work;
        Assert.Equal("request (chain) success\n  job (chain) success\n", capture.ToTree());
    }

    [Fact]
    public async Task StartAndCancel_AtTheSameTime_OneWins()
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            using var capture = RunCapture.Start();
            var reservation = Traceable.Reserve("job");
            using var together = new Barrier(2);

            await Task.WhenAll(
                Task.Run(() =>
                {
                    together.SignalAndWait();
                    reservation.Start().Dispose();
                }),
                Task.Run(() =>
                {
                    together.SignalAndWait();
                    reservation.Cancel();
                }));

            Assert.Single(capture.Runs, run => run.Id == reservation.Id);
        }
    }

    [Fact]
    public void Reserve_IdThatIsNone_GetsAFreshOneAndTheRunSaysSo()
    {
        using var capture = RunCapture.Start();

        using (var reservation = Traceable.Reserve("job", new RunOptions { RunIdText = "order-42" }))
        {
            using var run = reservation.Start();
            Assert.Equal(reservation.Id, run.Id);
        }

        Assert.Equal("order-42", (string?)Assert.Single(capture.Runs).Metadata["ls_invalid_run_id"]);
    }

    [Fact]
    public void Reserve_TracingOff_LeavesNothing()
    {
        using var capture = RunCapture.Start(options => options.TracingEnabled = false);

        using (var reservation = Traceable.Reserve("job"))
        {
            reservation.AddFeedback("user_score", 1);
        }

        Assert.Empty(capture.Runs);
        Assert.Empty(capture.Feedback);
    }

    [Fact]
    public async Task AddFeedback_BeforeTheStart_IsAboutTheRun()
    {
        await using var server = await MockServer.StartAsync();
        await using var tracer = Some.Tracer(server);
        using var reservation = tracer.Reserve("job");

        var feedback = reservation.AddFeedback("user_score", 1, comment: "in advance");
        reservation.Start().Dispose();
        await Some.FlushedAsync(tracer);

        // Without its trace it has a route of its own, which is taken after the runs.
        Assert.Equal([("post", reservation.Id), ("feedback", feedback)], server.Requests.SelectMany(request => request.Operations));
        Assert.Equal(reservation.Id, server.Requests[^1].Json.GetProperty("run_id").GetGuid());
    }

    [Fact]
    public async Task ReserveRunAsync_WithItsToken_HasIdLinkAndAddressBeforeAnyRun()
    {
        await using var server = await MockServer.StartAsync();
        var token = Uuid7.NewGuid();
        server.Answer = request => request.Path == "/feedback/tokens"
            ? new Reply(200, Body: $$"""{"id":"{{token}}","url":"https://example.org/feedback/tokens/{{token}}","expires_at":"2030-01-01T00:00:00Z"}""")
            : new Reply(202);
        await using var client = new LangSmithClient(Some.TracerOptions(server.Url));

        using (var reservation = await client.ReserveRunAsync("job", "user_score", cancellationToken: TestContext.Current.CancellationToken))
        {
            Assert.Equal(new Uri(server.Url, $"/r/{reservation.Id}"), reservation.Url);
            Assert.Equal(new Uri($"https://example.org/feedback/tokens/{token}"), reservation.FeedbackToken!.Url);
            Assert.Equal(reservation.Id, Assert.Single(server.Requests).Json.GetProperty("run_id").GetGuid());
        }

        Assert.True(await client.FlushAsync(cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal("Cancelled before start", Assert.Single(server.AcceptedParts, part => part.Name.EndsWith(".error", StringComparison.Ordinal)).Json.GetString());
    }

    [Fact]
    public async Task ReserveRunAsync_ServerRefuses_LeavesNothing()
    {
        await using var server = await MockServer.StartAsync();
        server.Answer = _ => new Reply(403);
        await using var client = new LangSmithClient(Some.TracerOptions(server.Url));

        await Assert.ThrowsAsync<LangSmithApiException>(() => client.ReserveRunAsync("job", "user_score", cancellationToken: TestContext.Current.CancellationToken));

        Assert.True(await client.FlushAsync(cancellationToken: TestContext.Current.CancellationToken));
        Assert.Single(server.Requests);
    }
}
