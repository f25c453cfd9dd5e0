using LangSmith;

namespace Clients.Tests.DotNet;

/// <summary>Runs that are known, judged and linked before they start, with the server as it is.</summary>
public sealed class ReservationTests(EmbeddedServer server) : IClassFixture<EmbeddedServer>
{
    private static readonly CancellationToken s_token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reservation_JudgedByItsAddressThenStarted_IsTheRunWithItsFeedback()
    {
        await using var client = Client();
        using var http = new HttpClient();
        using var reservation = await client.ReserveRunAsync("job", "user_score", cancellationToken: s_token);

        // Handed out before any work: the address takes a judgement, the page waits for the run.
        using var judged = await http.GetAsync(new Uri($"{reservation.FeedbackToken!.Url}?score=1&comment=early"), s_token);
        using var page = await http.GetAsync(reservation.Url, s_token);
        Assert.True(judged.IsSuccessStatusCode && page.IsSuccessStatusCode);
        var inAdvance = reservation.AddFeedback("in_advance", 0.5);
        using (var run = reservation.Start())
        {
            run.End(new { done = true });
        }

        var read = await client.WaitForRunAsync(reservation.Id, found => found.EndTime is not null, cancellationToken: s_token);
        Assert.Equal(("job", "success"), (read.Name, read.Status));
        var feedback = new List<FeedbackRecord>();
        await foreach (var one in client.ListFeedbackAsync([reservation.Id], cancellationToken: s_token))
        {
            feedback.Add(one);
        }

        Assert.Equal(["in_advance", "user_score"], feedback.Select(one => one.Key).Order());
        Assert.Equal("early", feedback.Single(one => one.Key == "user_score").Comment);
        Assert.Contains(feedback, one => one.Id == inAdvance);
    }

    [Fact]
    public async Task Reservation_CancelledBeforeTheStart_LeavesARunThatSaysSo()
    {
        await using var client = Client();
        var reservation = await client.ReserveRunAsync("job", "user_score", new RunOptions { Tags = ["nightly"] }, cancellationToken: s_token);

        reservation.Cancel("the queue is full");

        var read = await client.WaitForRunAsync(reservation.Id, cancellationToken: s_token);
        Assert.Equal(("error", "Cancelled before start: the queue is full"), (read.Status, read.Error));
        Assert.Equal("nightly", Assert.Single(read.Tags!));
        Assert.NotNull(read.EndTime);
    }

    [Fact]
    public async Task UpdateFeedbackAsync_Clear_TakesTheCommentAway()
    {
        await using var client = Client();
        var id = await client.CreateFeedbackAsync(Uuid7.NewGuid(), "k", 1, new FeedbackInput { Comment = "wrong" }, s_token);

        await client.UpdateFeedbackAsync(id, new FeedbackInput(), FeedbackFields.Comment, s_token);

        var read = await client.ReadFeedbackAsync(id, s_token);
        Assert.Null(read!.Comment);
        Assert.Equal(1, read.Score!.Value.GetDouble());
    }

    [Fact]
    public async Task SetUsage_OfAModelCall_IsWhatTheServerCounts()
    {
        await using var client = Client();
        await using var tracer = new LangSmithTracer(server.Options(nameof(SetUsage_OfAModelCall_IsWhatTheServerCounts)));
        var id = Uuid7.NewGuid();
        using (var run = tracer.StartRun("call", new RunOptions { RunId = id, RunType = "llm" }))
        {
            run.SetUsage(new RunUsage { InputTokens = 7, OutputTokens = 5, InputCost = 0.25m, OutputCost = 0.5m });
        }

        Assert.True(await tracer.FlushAsync(TimeSpan.FromSeconds(20), s_token));

        var read = await client.ReadRunAsync(id, s_token);
        Assert.Equal((7, 5, 12, 0.75m), (read!.PromptTokens, read.CompletionTokens, read.TotalTokens, read.TotalCost));
    }

    private LangSmithClient Client() => new(server.Options("reservations"));
}
