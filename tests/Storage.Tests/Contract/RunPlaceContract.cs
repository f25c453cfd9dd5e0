using LangSmith.Protocol;
using LangSmith.Server.Domain;
using LangSmith.Server.Query;
using LangSmith.Server.Storage.Tests.Support;

namespace LangSmith.Server.Storage.Tests.Contract;

/// <summary>Runs of which the client told no more than the parent's id find their place, in whatever order they come.</summary>
public abstract class RunPlaceContract<TEngine> : StoreContract<TEngine>
    where TEngine : Engine, new()
{
    // Each below the one before; the last is a second child of the root.
    private static readonly int[] s_parents = [0, 1, 2, 1];

    [Theory]
    [MemberData(nameof(RunOrders.All), MemberType = typeof(RunOrders))]
    public async Task WriteAsync_RunsWithoutPaths_AreBelowTheirParentsInTheEnd(string order)
    {
        foreach (var number in order)
        {
            await Runs.WriteAsync(Post(number - '0'));
        }

        await AssertTreeAsync();
    }

    [Theory]
    [MemberData(nameof(RunOrders.All), MemberType = typeof(RunOrders))]
    public async Task WriteAsync_RunsWithoutPathsInOneBatch_AreBelowTheirParents(string order)
    {
        await Runs.WriteAsync([.. order.Select(number => Post(number - '0'))]);

        await AssertTreeAsync();
    }

    [Fact]
    public async Task WriteAsync_PatchOfAnAdoptedRun_LeavesItInItsPlace()
    {
        await Runs.WriteAsync(Post(2));
        await Runs.WriteAsync(Post(3));
        await Runs.WriteAsync(Post(1), Post(4));

        await Runs.WriteAsync(Given.Patch(Given.Id(2)).With(write => write with { TraceId = null, DottedOrder = null }));

        await AssertTreeAsync();
    }

    [Fact]
    public async Task WriteAsync_PathThatComesWithAPatch_IsThatOfTheChildrenToo()
    {
        await Runs.WriteAsync(Post(1), Post(3), Post(4));
        await Runs.WriteAsync(Given.Patch(Given.Id(2)).With(write => write with { TraceId = null, DottedOrder = null, ParentRunId = null }));

        await Runs.WriteAsync(Post(2));

        await AssertTreeAsync();
    }

    [Fact]
    public async Task WriteAsync_RunsThatAreEachOthersParents_AreThere()
    {
        var (one, two) = (Given.Id(1), Given.Id(2));
        await Runs.WriteAsync(Post(1).With(write => write with { ParentRunId = two, TraceId = null, DottedOrder = null }));
        await Runs.WriteAsync(Post(2).With(write => write with { ParentRunId = one }));

        Assert.Equal(2, (await Runs.QueryAsync(new RunQuery { Workspace = Given.Workspace }, Cancellation)).Runs.Count);
    }

    private async Task AssertTreeAsync()
    {
        string? path = null;
        foreach (var number in (int[])[1, 2, 3])
        {
            path = DottedOrder.Print(path, StartOf(number), Given.Id(number));
            var run = await Runs.FindAsync(Given.Id(number), RunPayload.None);
            Assert.Equal((Given.Id(1), path), (run!.TraceId, run.DottedOrder));
        }

        var sibling = await Runs.FindAsync(Given.Id(4), RunPayload.None);
        Assert.Equal(DottedOrder.Print(DottedOrder.Print(StartOf(1), Given.Id(1)), StartOf(4), Given.Id(4)), sibling!.DottedOrder);
        var roots = await Runs.QueryAsync(
            new RunQuery { Workspace = Given.Workspace, Filter = new RunFilter.Compare(RunProperty.IsRoot, Comparison.Equal, true) }, Cancellation);
        Assert.Equal(Given.Id(1), Assert.Single(roots.Runs).Id);
    }

    private static DateTimeOffset StartOf(int number) => Given.Start.AddSeconds(number);

    private static RunWrite Post(int number) => Given.Post(Given.Id(number), StartOf(number)).With(write => s_parents[number - 1] is 0
        ? write
        : write with { ParentRunId = Given.Id(s_parents[number - 1]), TraceId = null, DottedOrder = null });
}
