using LangSmith.Server.Query;
using LangSmith.Server.Storage.Tests.Support;

namespace LangSmith.Server.Storage.Tests.Contract;

/// <summary>Pages: every run once, whatever is added meanwhile.</summary>
public abstract class RunPagingContract<TEngine> : StoreContract<TEngine>
    where TEngine : Engine, new()
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task QueryAsync_PageByPage_GivesEveryRunOnceInOrder(bool ascending)
    {
        // Three runs at each time: ties are told apart by id.
        await Runs.WriteAsync([.. Enumerable.Range(1, 20).Select(number => Given.Post(Given.Id(number), Given.Start.AddSeconds(number / 3)))]);

        var pages = await ReadAllAsync(ascending, limit: 7, async page => await Runs.WriteAsync(Given.Post(Given.Id(100 + page), NewerOrOlder(!ascending))));

        var expected = Enumerable.Range(1, 20).Select(Given.Id);
        Assert.Equal(ascending ? expected : expected.Reverse(), pages);
    }

    [Fact]
    public async Task QueryAsync_ExactlyOnePage_HasNoNext()
    {
        await Runs.WriteAsync([.. Enumerable.Range(1, 5).Select(number => Given.Post(Given.Id(number)))]);

        var page = await Runs.QueryAsync(new RunQuery { Workspace = Given.Workspace, Limit = 5 }, Cancellation);

        Assert.Equal((5, null), (page.Runs.Count, page.Next));
    }

    [Fact]
    public async Task QueryAsync_RunsOfAProject_LeavesOutTheOthers()
    {
        await Runs.WriteAsync(Given.Post(Given.Id(1)), Given.Post(Given.Id(2)).With(write => write with { ProjectName = "mine" }));
        var project = await Engine.Catalogue.FindProjectAsync(Given.Workspace, "mine", Cancellation);

        var page = await Runs.QueryAsync(
            new RunQuery { Workspace = Given.Workspace, Filter = new RunFilter.Compare(RunProperty.ProjectId, Comparison.Equal, project!.Id) }, Cancellation);

        Assert.Equal([Given.Id(2)], page.Runs.Select(run => run.Id));
    }

    [Fact]
    public async Task QueryAsync_AnotherWorkspace_SeesNothing()
    {
        await Runs.WriteAsync(Given.Post(Given.Id(1)));

        Assert.Empty((await Runs.QueryAsync(new RunQuery { Workspace = Given.Other }, Cancellation)).Runs);
    }

    // What is added while paging lies before the pages already read.
    private static DateTimeOffset NewerOrOlder(bool newer) => Given.Start.AddDays(newer ? 1 : -1);

    private async Task<List<Guid>> ReadAllAsync(bool ascending, int limit, Func<int, Task> between)
    {
        var read = new List<Guid>();
        RunPosition? after = null;
        for (var number = 0; number == 0 || after is not null; number++)
        {
            var page = await Runs.QueryAsync(
                new RunQuery { Workspace = Given.Workspace, Ascending = ascending, After = after, Limit = limit }, Cancellation);
            read.AddRange(page.Runs.Select(run => run.Id));
            after = page.Next;
            await between(number);
        }

        return read;
    }
}
