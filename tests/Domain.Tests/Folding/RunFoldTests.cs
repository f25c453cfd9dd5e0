using LangSmith.Protocol;
using static LangSmith.Server.Domain.Tests.Folding.Journal;

namespace LangSmith.Server.Domain.Tests.Folding;

public sealed class RunFoldTests
{
    [Fact]
    public void Fold_PostThenPatch_IsTheWholeRun()
    {
        var journal = new Journal(
            Post() with { Name = "answer", RunType = RunTypes.Llm, Inputs = Json("""{"question":"why?"}""") },
            Patch() with { EndTime = Start.AddSeconds(2), Outputs = Json("""{"output":"because"}""") });

        var folded = journal.Fold();

        Assert.Equal("answer", folded.Record.Name);
        Assert.Equal(RunStatus.Success, folded.Record.Status);
        Assert.Equal("why?", folded.Record.InputsPreview);
        Assert.Equal("because", folded.Record.OutputsPreview);
        Assert.Equal((1, 2), (folded.InputsFrom!.Value, folded.OutputsFrom!.Value));
        Assert.Equal(1, folded.Record.Attempts);
    }

    [Fact]
    public void Fold_PatchBeforePost_IsTheSame()
    {
        var post = Post() with { Name = "from the post", Tags = ["a"], Error = null };
        var patch = Patch() with { Name = "from the patch", EndTime = Start.AddSeconds(1) };

        Assert.Equal("from the patch", new Journal(post, patch).Fold().Record.Name);
        Assert.Equal("from the patch", new Journal(patch, post).Fold().Record.Name);
        Assert.Equal(["a"], new Journal(patch, post).Fold().Record.Tags);
    }

    [Fact]
    public void Fold_TwoPatchesOfOneAttempt_LaterAcknowledgedWins()
    {
        var folded = new Journal(Post(), Patch() with { Name = "first" }, Patch() with { Name = "second" }).Fold();

        Assert.Equal("second", folded.Record.Name);
    }

    [Fact]
    public void Fold_RetryThatSucceeds_DropsTheErrorOfTheFirstAttempt()
    {
        var folded = new Journal(
            Post() with { Inputs = Json("""{"n":1}""") },
            Patch() with { EndTime = Start.AddSeconds(1), Error = "boom" },
            Post(attempt: 5) with { Name = "retry" },
            Patch(attempt: 5) with { EndTime = Start.AddSeconds(7), Outputs = Json("{}") }).Fold();

        Assert.Null(folded.Record.Error);
        Assert.Equal(RunStatus.Success, folded.Record.Status);
        Assert.Equal(2, folded.Record.Attempts);
        Assert.Equal(1, folded.InputsFrom);
        Assert.Equal(Start.AddSeconds(5), folded.Record.StartTime);
    }

    [Fact]
    public void Fold_RetryThatRuns_IsPending()
    {
        var folded = new Journal(
            Post() with { EndTime = Start.AddSeconds(1), Outputs = Json("""{"output":1}""") }, Post(attempt: 5)).Fold();

        Assert.Equal(RunStatus.Pending, folded.Record.Status);
        Assert.Null(folded.OutputsFrom);
        Assert.Null(folded.Record.EndTime);
    }

    [Fact]
    public void Fold_LatePatchOfTheFirstAttempt_DoesNotEndTheSecond()
    {
        var folded = new Journal(
            Post(), Post(attempt: 5), Patch() with { EndTime = Start.AddSeconds(1), Error = "boom" }).Fold();

        Assert.Equal(RunStatus.Pending, folded.Record.Status);
    }

    [Fact]
    public void Fold_PatchWithoutAnyTime_BelongsToTheAttemptBeforeIt()
    {
        var bare = Patch() with { DottedOrder = null, EndTime = Start.AddSeconds(1), Error = "boom" };

        Assert.Equal(RunStatus.Pending, new Journal(Post(), bare, Post(attempt: 5)).Fold().Record.Status);
        Assert.Equal(RunStatus.Error, new Journal(Post(), Post(attempt: 5), bare).Fold().Record.Status);
    }

    [Fact]
    public void Fold_StartTimeCutToMilliseconds_IsNoNewAttempt()
    {
        var post = Post() with { StartTime = Start.AddTicks(1_234), DottedOrder = DottedOrder.Print(Start.AddTicks(1_234), Id) };
        var patch = Patch() with { DottedOrder = null, StartTime = Start };

        Assert.Equal(1, new Journal(post, patch).Fold().Record.Attempts);
    }

    [Fact]
    public void Fold_TagsAddedLater_KeepTheResult()
    {
        var folded = new Journal(
            Post() with { EndTime = Start.AddSeconds(1), Outputs = Json("{}") },
            Patch() with { DottedOrder = null, Tags = ["reviewed"] }).Fold();

        Assert.Equal(["reviewed"], folded.Record.Tags);
        Assert.Equal(RunStatus.Success, folded.Record.Status);
    }

    [Fact]
    public void Fold_ExtraOfPostAndPatch_MergesByKey()
    {
        var journal = new Journal(
            Post() with { Extra = Json("""{"metadata":{"a":1,"b":1},"runtime":{"sdk":"x"},"big":12345678901234567890}""") },
            Patch() with { Extra = Json("""{"metadata":{"b":2,"c":null},"other":[1]}""") });

        Assert.Equal(
            """{"metadata":{"a":1,"b":2,"c":null},"runtime":{"sdk":"x"},"big":12345678901234567890,"other":[1]}""", journal.Extra());
        Assert.Equal("2", journal.Fold().Metadata["b"]);
    }

    [Fact]
    public void Fold_Attachments_UniteByName()
    {
        var folded = new Journal(
            Post() with { Attachments = [new("a", "text/plain", "1", 1), new("b", "text/plain", "2", 1)] },
            Patch() with { Attachments = [new("b", "image/png", "3", 2)] }).Fold();

        Assert.Equal(["a:1", "b:3"], folded.Record.Attachments.Select(attachment => $"{attachment.Name}:{attachment.Blob}"));
    }

    [Fact]
    public void Fold_ChildWithoutParentId_FindsItInTheDottedOrder()
    {
        var root = Guid.Parse("0193a000-0000-7000-8000-0000000000aa");
        var folded = new Journal(Post() with { DottedOrder = DottedOrder.Print(DottedOrder.Print(Start, root), Start.AddSeconds(1), Id) }).Fold();

        Assert.Equal(root, folded.Record.ParentRunId);
        Assert.Equal(root, folded.Record.TraceId);
    }

    [Fact]
    public void Fold_RunThatIsItsOwnParent_IsARoot() =>
        Assert.True(new Journal(Post() with { ParentRunId = Id }).Fold().Record.IsRoot);

    [Fact]
    public void Fold_NothingButAnId_TakesTheTimeFromTheId()
    {
        var folded = new Journal(Patch() with { DottedOrder = null }).Fold();

        Assert.True(Uuid7.TryGetTimestamp(Id, out var time));
        Assert.Equal(time, folded.Record.StartTime);
        Assert.Equal(Fallback, folded.Record.ProjectId);
        Assert.Equal(RunTypes.Chain, folded.Record.RunType);
    }

    [Theory]
    [InlineData("""{"metadata":{"thread_id":"t","session_id":"s","conversation_id":"c"}}""", "s")]
    [InlineData("""{"metadata":{"thread_id":"t","session_id":null,"conversation_id":"c"}}""", "c")]
    [InlineData("""{"metadata":{"thread_id":42}}""", "42")]
    [InlineData("""{"metadata":{}}""", null)]
    public void Fold_ThreadKeys_FirstThatIsGivenWins(string extra, string? thread) =>
        Assert.Equal(thread, new Journal(Post() with { Extra = Json(extra) }).Fold().Record.ThreadId);

    [Fact]
    public void Fold_UsageOfAModelCall_IsCountedAndPriced()
    {
        var usage = new Journal(Post() with
        {
            RunType = RunTypes.Llm,
            Extra = Json("""{"metadata":{"ls_model_name":"gpt-4o-mini","ls_provider":"openai"}}"""),
            Outputs = Json("""{"usage_metadata":{"input_tokens":1000,"output_tokens":100,"input_token_details":{"cache_read":600}}}"""),
        }).Fold().Record.Usage;

        Assert.Equal((1000, 100, 1100), (usage.PromptTokens!.Value, usage.CompletionTokens!.Value, usage.TotalTokens!.Value));
        Assert.Equal(usage.PromptCost + usage.CompletionCost, usage.TotalCost);
        Assert.True(usage.TotalCost > 0);
        Assert.NotNull(usage.PriceId);
    }

    [Fact]
    public void Fold_CostFromTheClient_BeatsThePriceList()
    {
        var usage = new Journal(Post() with
        {
            RunType = RunTypes.Llm,
            Extra = Json("""{"metadata":{"ls_model_name":"gpt-4o-mini","usage_metadata":{"input_tokens":1,"output_tokens":1,"total_cost":0.25}}}"""),
        }).Fold().Record.Usage;

        Assert.Equal(0.25m, usage.TotalCost);
        Assert.Null(usage.PriceId);
    }

    [Fact]
    public void Fold_ChainThatRepeatsTheUsageOfItsModel_CountsNothing() =>
        Assert.Null(new Journal(Post() with { Outputs = Json("""{"usage_metadata":{"input_tokens":1,"output_tokens":1}}""") })
            .Fold().Record.Usage.TotalTokens);

    [Fact]
    public void Fold_FirstNewTokenEvent_IsTheFirstTokenTime()
    {
        var folded = new Journal(Post() with
        {
            Events = Json("""[{"name":"start","time":"2026-11-24T10:00:00Z"},{"name":"new_token","time":"2026-11-24T10:00:01.5"},{"name":"new_token","time":"2026-11-24T10:00:02"}]"""),
        }).Fold();

        Assert.Equal(Start.AddSeconds(1.5), folded.Record.FirstTokenTime);
    }
}
