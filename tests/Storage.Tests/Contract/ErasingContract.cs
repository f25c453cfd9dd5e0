using LangSmith.Server.Query;
using LangSmith.Server.Storage.Tests.Support;

namespace LangSmith.Server.Storage.Tests.Contract;

/// <summary>Deletion: whole, for good, and of nobody else's.</summary>
public abstract class ErasingContract<TEngine> : StoreContract<TEngine>
    where TEngine : Engine, new()
{
    [Fact]
    public async Task DeleteRunsAsync_Run_IsGoneForGood()
    {
        var id = Given.Id(1);
        await Runs.WriteAsync(Given.Post(id), Given.Post(Given.Id(2)));
        await Runs.WriteFeedbackAsync(Given.Feedback(Given.Id(11), id), Given.Feedback(Given.Id(12), Given.Id(2)));

        Assert.Equal(1, await Runs.DeleteRunsAsync(Given.Workspace, [id, Given.Id(77)], Cancellation));
        await Engine.ReopenAsync();

        Assert.Null(await Runs.FindAsync(id));
        Assert.Null(await Runs.FindIdentityAsync(Given.Workspace, id, Cancellation));
        Assert.Null(await Runs.FindFeedbackAsync(Given.Workspace, Given.Id(11), Cancellation));
        Assert.NotNull(await Runs.FindFeedbackAsync(Given.Workspace, Given.Id(12), Cancellation));
        Assert.Equal([WriteOutcome.Deleted], await Runs.WriteAsync(Given.Patch(id)));
        await Runs.WriteFeedbackAsync(Given.Feedback(Given.Id(13), id));
        Assert.Null(await Runs.FindAsync(id));
        Assert.Null(await Runs.FindFeedbackAsync(Given.Workspace, Given.Id(13), Cancellation));
        Assert.Equal([Given.Id(2)], (await Runs.QueryAsync(new RunQuery { Workspace = Given.Workspace }, Cancellation)).Runs.Select(run => run.Id));
    }

    [Fact]
    public async Task DeleteRunsAsync_AnotherWorkspace_DeletesNothing()
    {
        await Runs.WriteAsync(Given.Post(Given.Id(1)));

        Assert.Equal(0, await Runs.DeleteRunsAsync(Given.Other, [Given.Id(1)], Cancellation));
        Assert.Equal(0, await Runs.DeleteTracesAsync(Given.Other, [Given.Id(1)], Cancellation));

        Assert.Equal([WriteOutcome.Accepted], await Runs.WriteAsync(Given.Patch(Given.Id(1))));
        Assert.NotNull(await Runs.FindAsync(Given.Id(1)));
    }

    [Fact]
    public async Task DeleteTracesAsync_Trace_TakesEveryRunAndEveryLateOne()
    {
        var root = Given.Post(Given.Id(1));
        var child = Given.Child(root, Given.Id(2));
        var grandchild = Given.Child(child, Given.Id(3));
        await Runs.WriteAsync(root, child, grandchild, Given.Post(Given.Id(9)));

        Assert.Equal(3, await Runs.DeleteTracesAsync(Given.Workspace, [Given.Id(1)], Cancellation));

        Assert.Equal([WriteOutcome.Deleted], await Runs.WriteAsync(Given.Child(root, Given.Id(4))));
        Assert.Equal([WriteOutcome.Deleted], await Runs.WriteAsync(Given.Child(child, Given.Id(5)).With(write => write with { TraceId = null })));
        Assert.Equal([Given.Id(9)], (await Runs.QueryAsync(new RunQuery { Workspace = Given.Workspace }, Cancellation)).Runs.Select(run => run.Id));
    }

    [Fact]
    public async Task DeleteTracesAsync_MoreRunsThanAStep_TakesThemAll()
    {
        var root = Given.Post(Given.Id(1));
        await Runs.WriteAsync([root, .. Enumerable.Range(2, 500).Select(number => Given.Child(root, Given.Id(number)))]);

        Assert.Equal(501, await Runs.DeleteTracesAsync(Given.Workspace, [Given.Id(1)], Cancellation));

        Assert.Empty((await Runs.QueryAsync(new RunQuery { Workspace = Given.Workspace }, Cancellation)).Runs);
    }

    [Fact]
    public async Task QueryAsync_MetadataOfADeletedRun_FindsNothing()
    {
        var write = Given.Post(Given.Id(1)).With(write => write with { Tags = ["t"], Extra = Given.Json("""{"metadata":{"k":"v"}}""") });
        await Runs.WriteAsync(write);
        await Runs.DeleteRunsAsync(Given.Workspace, [Given.Id(1)], Cancellation);

        var found = await Runs.QueryAsync(
            new RunQuery { Workspace = Given.Workspace, Filter = new RunFilter.HasTag(new ValueTest.Compare(Comparison.Equal, "t")) }, Cancellation);

        Assert.Empty(found.Runs);
    }
}
