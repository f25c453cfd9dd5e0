using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Tests.Support;

namespace LangSmith.Server.Storage.Tests.Contract;

/// <summary>Feedback: before or after its run, upserted by id.</summary>
public abstract class FeedbackContract<TEngine> : StoreContract<TEngine>
    where TEngine : Engine, new()
{
    [Fact]
    public async Task WriteAsync_FeedbackBeforeItsRun_IsKeptAndFoundWithIt()
    {
        await Runs.WriteFeedbackAsync(Given.Feedback(Given.Id(11), Given.Id(1)));
        await Engine.ReopenAsync();
        await Runs.WriteAsync(Given.Post(Given.Id(1)));

        var summaries = await Runs.SummarizeFeedbackAsync(Given.Workspace, [Given.Id(1)], Cancellation);

        Assert.Equal(("quality", 1, 0.5), (summaries[Given.Id(1)][0].Key, summaries[Given.Id(1)][0].Count, summaries[Given.Id(1)][0].Average));
    }

    [Fact]
    public async Task FindFeedbackAsync_WrittenFeedback_IsAsGiven()
    {
        var feedback = Given.Feedback(Given.Id(11), Given.Id(1), score: "true") with
        {
            TraceId = Given.Id(2),
            ProjectId = Given.Id(3),
            ThreadId = "thread",
            Value = Given.Json("\"good\""),
            Correction = Given.Json("""{"a":1}"""),
            Comment = "fine",
            Config = Given.Json("""{"type":"continuous"}"""),
            Extra = Given.Json("""{"x":1}"""),
            ComparativeExperimentId = Given.Id(4),
            FeedbackGroupId = Given.Id(5),
            Error = true,
        };
        await Runs.WriteFeedbackAsync(feedback);

        var read = await Runs.FindFeedbackAsync(Given.Workspace, feedback.Id, Cancellation);

        Assert.Equal(Comparable(feedback), Comparable(read!));
    }

    [Fact]
    public async Task WriteAsync_FeedbackOfTheSameId_IsReplaced()
    {
        var feedback = Given.Feedback(Given.Id(11), Given.Id(1));
        await Runs.WriteFeedbackAsync(feedback);
        await Runs.WriteFeedbackAsync(feedback with { Score = Given.Json("0.9"), ModifiedAt = Given.Start.AddHours(1) });

        var summaries = await Runs.SummarizeFeedbackAsync(Given.Workspace, [Given.Id(1)], Cancellation);

        Assert.Equal((1, 0.9), (summaries[Given.Id(1)][0].Count, summaries[Given.Id(1)][0].Average));
    }

    [Fact]
    public async Task SummarizeFeedbackAsync_SeveralScores_AggregatesByKey()
    {
        await Runs.WriteFeedbackAsync(
            Given.Feedback(Given.Id(11), Given.Id(1), score: "1"),
            Given.Feedback(Given.Id(12), Given.Id(1), score: "false"),
            Given.Feedback(Given.Id(13), Given.Id(1), score: null) with { Value = Given.Json("\"good\""), Comment = "hm" },
            Given.Feedback(Given.Id(14), Given.Id(1), key: "speed", score: "3"),
            Given.Feedback(Given.Id(15), Given.Id(2), score: "9"));

        var summaries = await Runs.SummarizeFeedbackAsync(Given.Workspace, [Given.Id(1), Given.Id(3)], Cancellation);

        Assert.Equal([Given.Id(1)], summaries.Keys);
        Assert.Equal(["quality", "speed"], summaries[Given.Id(1)].Select(summary => summary.Key));
        var quality = summaries[Given.Id(1)][0];
        Assert.Equal((3, 0.5, 0, 1, 0.5), (quality.Count, quality.Average!.Value, quality.Minimum!.Value, quality.Maximum!.Value, quality.StandardDeviation!.Value));
        Assert.Equal(("good", 1), (quality.Values.Single().Key, quality.Values.Single().Value));
        Assert.Equal(["hm"], quality.Comments);
    }

    [Fact]
    public async Task SummarizeFeedbackAsync_NoRuns_IsEmpty()
    {
        await Runs.WriteFeedbackAsync(Given.Feedback(Given.Id(11), Given.Id(1)));

        Assert.Empty(await Runs.SummarizeFeedbackAsync(Given.Workspace, [], Cancellation));
    }

    [Fact]
    public async Task ListFeedbackAsync_Conditions_AreAllMet()
    {
        await Runs.WriteFeedbackAsync(
            Given.Feedback(Given.Id(11), Given.Id(1)),
            Given.Feedback(Given.Id(12), Given.Id(1), key: "speed") with { Comment = "slow", CreatedAt = Given.Start.AddHours(1) },
            Given.Feedback(Given.Id(13), null) with { ProjectId = Given.Id(7), Source = Given.Json("""{"type":"app"}""") });

        await AssertListedAsync(query => query with { RunIds = [Given.Id(1)] }, 12, 11);
        await AssertListedAsync(query => query with { Keys = ["speed"] }, 12);
        await AssertListedAsync(query => query with { SourceTypes = ["app"] }, 13);
        await AssertListedAsync(query => query with { ProjectIds = [Given.Id(7)] }, 13);
        await AssertListedAsync(query => query with { HasComment = true }, 12);
        await AssertListedAsync(query => query with { OnRuns = false }, 13);
        await AssertListedAsync(query => query with { CreatedFrom = Given.Start.AddMinutes(30) }, 12);
        await AssertListedAsync(query => query with { CreatedTo = Given.Start.AddMinutes(30) }, 13, 11);
        await AssertListedAsync(query => query with { Offset = 1, Limit = 1 }, 13);
        await AssertListedAsync(query => query with { Workspace = Given.Other });
    }

    [Fact]
    public async Task DeleteFeedbackAsync_Feedback_IsGoneOnce()
    {
        await Runs.WriteFeedbackAsync(Given.Feedback(Given.Id(11), Given.Id(1)));

        Assert.False(await Runs.DeleteFeedbackAsync(Given.Other, Given.Id(11), Cancellation));
        Assert.True(await Runs.DeleteFeedbackAsync(Given.Workspace, Given.Id(11), Cancellation));
        Assert.False(await Runs.DeleteFeedbackAsync(Given.Workspace, Given.Id(11), Cancellation));
        Assert.Null(await Runs.FindFeedbackAsync(Given.Workspace, Given.Id(11), Cancellation));
    }

    private async Task AssertListedAsync(Func<FeedbackQuery, FeedbackQuery> conditions, params int[] expected) =>
        Assert.Equal(
            expected.Select(Given.Id),
            (await Runs.ListFeedbackAsync(conditions(new FeedbackQuery { Workspace = Given.Workspace }), Cancellation)).Select(one => one.Id));

    private static object Comparable(Feedback feedback) =>
        (feedback with { Score = default, Value = default, Correction = default, Source = default, Config = default, Extra = default },
            Given.Text(feedback.Score), Given.Text(feedback.Value), Given.Text(feedback.Correction), Given.Text(feedback.Source),
            Given.Text(feedback.Config), Given.Text(feedback.Extra));
}
