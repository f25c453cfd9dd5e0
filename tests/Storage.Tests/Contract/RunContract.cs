using LangSmith.Protocol;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Tests.Support;

namespace LangSmith.Server.Storage.Tests.Contract;

/// <summary>Runs: written, read by their id alone, kept.</summary>
public abstract class RunContract<TEngine> : StoreContract<TEngine>
    where TEngine : Engine, new()
{
    [Fact]
    public async Task FindAsync_WrittenRun_HasEveryField()
    {
        var id = Given.Id(1);
        var file = new RunAttachment("a.png", "image/png", new string('a', 64), 7);
        await Runs.WriteAsync(Given.Post(id).With(write => write with
        {
            Name = "answer",
            RunType = "llm",
            Tags = ["one", "two"],
            ReferenceExampleId = Given.Id(9),
            Inputs = Given.Json("""{"question":"why"}"""),
            Outputs = Given.Json("""{"answer":"because"}"""),
            Extra = Given.Json("""{"metadata":{"session_id":"thread","ls_model_name":"gpt-4o"},"runtime":{"sdk":"test"}}"""),
            Events = Given.Json("""[{"name":"new_token","time":"2026-11-24T10:00:01Z"}]"""),
            Serialized = Given.Json("""{"name":"component"}"""),
            EndTime = Given.Start.AddSeconds(3),
            Attachments = [file],
            Sender = "test/1",
        }));

        var run = await Runs.FindAsync(id);

        Assert.NotNull(run);
        Assert.Equal(
            ("answer", "llm", Given.Start, Given.Start.AddSeconds(3), RunStatus.Success, "thread", Given.Id(9)),
            (run.Name, run.RunType, run.StartTime, run.EndTime, run.Status, run.ThreadId, run.ReferenceExampleId));
        Assert.Equal(["one", "two"], run.Tags);
        Assert.Equal([file], run.Attachments);
        Assert.Equal(Given.Start.AddSeconds(1), run.FirstTokenTime);
        Assert.Equal("""{"question":"why"}""", Given.Text(run.Inputs));
        Assert.Equal("""{"answer":"because"}""", Given.Text(run.Outputs));
        Assert.Equal("""[{"name":"new_token","time":"2026-11-24T10:00:01Z"}]""", Given.Text(run.Events));
        Assert.Equal("""{"name":"component"}""", Given.Text(run.Serialized));
        Assert.Contains("\"sdk\":\"test\"", Given.Text(run.Extra), StringComparison.Ordinal);
        Assert.True(run.IsRoot);
    }

    [Fact]
    public async Task FindAsync_AfterReopen_ReadsTheSame()
    {
        var id = Given.Id(1);
        await Runs.WriteAsync(Given.Post(id).With(write => write with { Inputs = Given.Json("""{"a":1}""") }), Given.Patch(id));
        var before = await Runs.FindAsync(id);

        await Engine.ReopenAsync();

        var after = await Runs.FindAsync(id);
        Assert.Equal(RunState.Of(before!), RunState.Of(after!));
    }

    [Fact]
    public async Task FindAsync_NoPayloadAsked_HasPreviewsOnly()
    {
        var id = Given.Id(1);
        await Runs.WriteAsync(Given.Post(id).With(write => write with { Inputs = Given.Json("""{"question":"why"}""") }));

        var run = await Runs.FindAsync(id, RunPayload.None);

        Assert.True(run!.Inputs.IsEmpty);
        Assert.Contains("why", run.InputsPreview, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7c9e6679-7425-40de-944b-e07fc1f90ae7")]
    [InlineData("6fa459ea-ee8a-3ca4-894e-db77e160355e")]
    [InlineData("ffffffff-ffff-ffff-ffff-ffffffffffff")]
    [InlineData("0193a000-0000-7000-8000-000000000001")]
    public async Task FindAsync_IdOfAnyVersion_ReadsTheRun(string text)
    {
        var id = Guid.Parse(text);
        await Runs.WriteAsync(Given.Post(id));

        Assert.Equal(id, (await Runs.FindAsync(id))!.Id);
    }

    [Fact]
    public async Task FindAsync_IdOfAnotherWorkspace_FindsNothing()
    {
        var id = Given.Id(1);
        await Runs.WriteAsync(Given.Post(id));

        Assert.Null(await Runs.FindAsync(Given.Other, id, RunPayload.All, Cancellation));
        Assert.Null(await Runs.FindIdentityAsync(Given.Other, id, Cancellation));
    }

    [Fact]
    public async Task WriteAsync_SameIdInTwoWorkspaces_IsTwoRuns()
    {
        var id = Given.Id(1);
        await Runs.WriteAsync(
            Given.Post(id).With(write => write with { Name = "mine" }),
            Given.Post(id).With(write => write with { Name = "theirs", Workspace = Given.Other }));

        Assert.Equal("mine", (await Runs.FindAsync(id))!.Name);
        Assert.Equal("theirs", (await Runs.FindAsync(Given.Other, id, RunPayload.All, Cancellation))!.Name);
    }

    [Fact]
    public async Task WriteAsync_SameWriteAgain_IsDuplicateAndChangesNothing()
    {
        var id = Given.Id(1);
        var post = Given.Post(id);
        var patch = Given.Patch(id);
        await Runs.WriteAsync(post, patch);
        await Runs.WriteAsync(Given.Patch(id).With(write => write with { Name = "later" }));
        var before = RunState.Of((await Runs.FindAsync(id))!);

        await Engine.ReopenAsync();
        var outcomes = await Runs.WriteAsync(post with { ReceivedAt = Given.Start.AddDays(1) }, patch, patch);

        Assert.Equal([WriteOutcome.Duplicate, WriteOutcome.Duplicate, WriteOutcome.Duplicate], outcomes);
        Assert.Equal(before, RunState.Of((await Runs.FindAsync(id))!));
        Assert.Equal(3, (await Runs.FindIdentityAsync(Given.Workspace, id, Cancellation))!.Resends);
    }

    [Fact]
    public async Task WriteAsync_SameWriteTwiceInABatch_CountsOnce() =>
        Assert.Equal(
            [WriteOutcome.Accepted, WriteOutcome.Duplicate],
            await Runs.WriteAsync(Given.Post(Given.Id(1)), Given.Post(Given.Id(1))));

    [Fact]
    public async Task WriteAsync_PatchBeforePost_IsARunAtOnceAndWholeLater()
    {
        var id = Given.Id(1);
        await Runs.WriteAsync(Given.Patch(id).With(write => write with { Outputs = Given.Json("""{"a":1}""") }));
        var early = await Runs.FindAsync(id);
        await Runs.WriteAsync(Given.Post(id).With(write => write with { Name = "named", ProjectName = "mine" }));
        var whole = await Runs.FindAsync(id);

        Assert.Equal((Given.Start, RunStatus.Success), (early!.StartTime, early.Status));
        Assert.Equal(("named", RunStatus.Success, """{"a":1}"""), (whole!.Name, whole.Status, Given.Text(whole.Outputs)));
        Assert.Equal((await Engine.Catalogue.FindProjectAsync(Given.Workspace, "mine", Cancellation))!.Id, whole.ProjectId);
    }

    [Fact]
    public async Task WriteAsync_SecondStart_IsTheNextAttemptOfOneRun()
    {
        var id = Given.Id(1);
        var again = Given.Start.AddMinutes(5);
        await Runs.WriteAsync(Given.Post(id), Given.Patch(id).With(write => write with { Error = "boom" }));
        await Runs.WriteAsync(Given.Post(id, again));

        var run = await Runs.FindAsync(id);
        var report = await Runs.FindIdentityAsync(Given.Workspace, id, Cancellation);

        Assert.Equal((2, RunStatus.Pending, null, again), (run!.Attempts, run.Status, run.Error, run.StartTime));
        Assert.Equal([RunStatus.Error, RunStatus.Pending], report!.Attempts.Select(attempt => attempt.Status));
        Assert.Contains(report.Overwritten, field => field.Field == "error" && Given.Text(field.Value) == "\"boom\"");
    }

    [Fact]
    public async Task WriteAsync_RunWithoutProject_GoesToDefault()
    {
        var id = Given.Id(1);
        await Runs.WriteAsync(Given.Post(id).With(write => write with { ProjectName = null }));

        var project = await Engine.Catalogue.FindProjectAsync(Given.Workspace, "default", Cancellation);
        Assert.Equal(project!.Id, (await Runs.FindAsync(id))!.ProjectId);
    }

    [Fact]
    public async Task WriteAsync_ManyAtOnceUnderOneId_AreOneRun()
    {
        var id = Given.Id(1);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(index => Runs.WriteAsync(
            index == 0
                ? Given.Post(id)
                : Given.Patch(id).With(write => write with { EndTime = null, Extra = Given.Json($$$"""{"metadata":{"k{{{index}}}":{{{index}}}}}""") }))));

        var run = await Runs.FindAsync(id);
        var report = await Runs.FindIdentityAsync(Given.Workspace, id, Cancellation);

        Assert.Equal((1, "step"), (run!.Attempts, run.Name));
        Assert.Equal(50, report!.Writes.Count);
        Assert.All(Enumerable.Range(1, 49), index => Assert.Contains($"\"k{index}\":{index}", Given.Text(run.Extra), StringComparison.Ordinal));
    }

    [Fact]
    public async Task QueryAsync_ChildOfUnknownParent_IsRootUntilTheParentComes()
    {
        var (parent, child) = (Given.Id(1), Given.Id(2));
        await Runs.WriteAsync(Given.Post(child).With(write => write with { ParentRunId = parent, TraceId = null, DottedOrder = null }));
        Assert.Equal([child], await RootsAsync());

        await Runs.WriteAsync(Given.Post(parent));

        Assert.Equal([parent], await RootsAsync());
    }

    [Fact]
    public async Task WriteAsync_ParentIsItself_StandsAsRoot()
    {
        var id = Given.Id(1);
        await Runs.WriteAsync(Given.Post(id).With(write => write with { ParentRunId = id, DottedOrder = DottedOrder.Print(Given.Start, id) }));

        Assert.Equal([id], await RootsAsync());
    }

    private async Task<IEnumerable<Guid>> RootsAsync() =>
        (await Runs.QueryAsync(
            new RunQuery { Workspace = Given.Workspace, Filter = new Query.RunFilter.Compare(Query.RunProperty.IsRoot, Query.Comparison.Equal, true) },
            Cancellation)).Runs.Select(run => run.Id);
}
