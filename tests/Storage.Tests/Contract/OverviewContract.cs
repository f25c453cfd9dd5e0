using LangSmith.Server.Domain;
using LangSmith.Server.Query;
using LangSmith.Server.Storage.Statistics;
using LangSmith.Server.Storage.Tests.Support;

namespace LangSmith.Server.Storage.Tests.Contract;

/// <summary>What stands around a table of runs: the same as the figures say, and of very many runs the newest.</summary>
public abstract class OverviewContract<TEngine> : StoreContract<TEngine>
    where TEngine : Engine, new()
{
    private static readonly RunGrouping[] s_facets =
    [
        new(RunAttribute.Status), new(RunAttribute.Name), new(RunAttribute.RunType), new(RunAttribute.Model), new(RunAttribute.Tag), new(RunAttribute.Metadata, "tier"),
    ];

    private static readonly RunFilter s_red = new RunFilter.HasEntry(
        EntryFamily.Metadata, [new EntryTest(EntryPart.Value, new ValueTest.Compare(Comparison.Equal, "red 7"))]);

    private IRunStatistics Statistics => Engine.Statistics;

    [Theory]
    [InlineData("none")]
    [InlineData("failed")]
    [InlineData("name")]
    [InlineData("metadata")]
    public async Task OverviewAsync_FewRuns_SaysWhatTheFiguresSay(string condition)
    {
        RunFilter? filter = condition switch
        {
            "failed" => new RunFilter.Compare(RunProperty.Status, Comparison.Equal, "error"),
            "name" => new RunFilter.Compare(RunProperty.Name, Comparison.Equal, "b"),
            "metadata" => s_red,
            _ => null,
        };
        await WriteAsync(60);
        // Kept figures of the first hours, runs of the last one.
        await Engine.PassAsync(TimeSpan.FromHours(3));
        await WriteAsync(9, from: 60);
        var runs = new RunStatisticsQuery
        {
            Workspace = Given.Workspace,
            IsRoot = true,
            WholeTraces = true,
            Filter = filter,
            Bucket = TimeSpan.FromHours(1),
        };

        var overview = await Statistics.OverviewAsync(new RunOverviewQuery { Runs = runs, Facets = s_facets, NewestMax = 4 }, Cancellation);

        Assert.False(overview.IsPartial);
        AssertSame(Assert.Single(await Statistics.SummarizeAsync(runs with { Bucket = null }, Cancellation)), overview.Figures);
        var buckets = await Statistics.SummarizeAsync(runs, Cancellation);
        Assert.Equal(buckets.Select(one => (one.Bucket, one.Runs, one.Errors)), overview.Buckets.Select(one => (one.Bucket, one.Runs, one.Errors)));
        foreach (var facet in overview.Facets)
        {
            var groups = await Statistics.SummarizeAsync(runs with { Bucket = null, WholeTraces = false, GroupBy = facet.Grouping }, Cancellation);
            Assert.Equal(groups.Select(group => (group.Group!, group.Runs)).Order(), facet.Values.Order());
            Assert.False(facet.IsPartial);
        }

        var page = await Runs.QueryAsync(
            new RunQuery
            {
                Workspace = Given.Workspace,
                Filter = new RunFilter.AllOf([new RunFilter.Compare(RunProperty.IsRoot, Comparison.Equal, true), .. filter is null ? [] : (RunFilter[])[filter]]),
                Limit = 4,
                Payload = RunPayload.None,
            },
            Cancellation);
        Assert.Equal(page.Runs.Select(run => run.Id), overview.Newest);
    }

    [Fact]
    public async Task OverviewAsync_MoreRunsThanAreRead_CountsTheNewestAndSaysSo()
    {
        await WriteAsync(30);
        var query = new RunOverviewQuery
        {
            Runs = new RunStatisticsQuery { Workspace = Given.Workspace, Filter = new RunFilter.Compare(RunProperty.Latency, Comparison.GreaterOrEqual, 0.0) },
            Facets = [new RunGrouping(RunAttribute.Name)],
            RunsMax = 5,
        };

        var overview = await Statistics.OverviewAsync(query, Cancellation);

        Assert.True(overview.IsPartial);
        Assert.Equal((5L, Given.Start.AddMinutes(29 * 5)), (overview.Figures.Runs, overview.Figures.LastStart!.Value));
        Assert.True(overview.Facets[0].IsPartial);
        Assert.Equal(5, overview.Facets[0].Values.Sum(value => value.Runs));
    }

    [Fact]
    public async Task OverviewAsync_NoTimeToReadAll_AnswersForFewerAndSaysSo()
    {
        await Runs.WriteAsync([.. Enumerable.Range(1, 510).Select(number =>
            Given.Post(Given.Id(number), Given.Start.AddSeconds(number)).With(write => write with { EndTime = write.StartTime }))]);
        var query = new RunOverviewQuery
        {
            Runs = new RunStatisticsQuery { Workspace = Given.Workspace, Filter = new RunFilter.Compare(RunProperty.Latency, Comparison.GreaterOrEqual, 0.0) },
            ReadingMax = TimeSpan.Zero,
        };

        var overview = await Statistics.OverviewAsync(query, Cancellation);

        Assert.Equal((true, 500L), (overview.IsPartial, overview.Figures.Runs));
        Assert.Equal(Given.Start.AddSeconds(510), overview.Figures.LastStart);
    }

    [Fact]
    public async Task QueryAsync_MetadataValueWithoutItsKey_FindsItAtOnceAndLater()
    {
        await WriteAsync(10);
        Assert.Equal(2, (await FindAsync()).Count);
        await Engine.SettleAsync();
        Assert.Equal(2, (await FindAsync()).Count);

        async Task<IReadOnlyList<RunRecord>> FindAsync() =>
            (await Runs.QueryAsync(new RunQuery { Workspace = Given.Workspace, Filter = s_red, Payload = RunPayload.None }, Cancellation)).Runs;
    }

    [Fact]
    public async Task ListThreadsAsync_SomeThreads_AreInTheOrderOfTheirLastTurn()
    {
        string[] threads = ["old", "new", "old", "middle", "new"];
        for (var turn = 0; turn < threads.Length; turn++)
        {
            var root = Threaded(Given.Post(Given.Id(turn + 1), Given.Start.AddMinutes(turn == 2 ? 0 : turn)), threads[turn]);
            // Only roots are turns.
            await Runs.WriteAsync(root, Threaded(Given.Child(root, Given.Id(100 + turn)), "below"));
        }

        var project = (await Engine.Catalogue.FindProjectAsync(Given.Workspace, "default", Cancellation))!.Id;
        var (first, total) = await Statistics.ListThreadsAsync(Given.Workspace, project, 0, 2, Cancellation);
        Assert.Equal(["new", "middle"], first);
        Assert.Equal(3, total);
        var (rest, _) = await Statistics.ListThreadsAsync(Given.Workspace, project, 2, 2, Cancellation);
        Assert.Equal(["old"], rest);
        Assert.Equal(3, (await Statistics.ListThreadsAsync(Given.Workspace, project, 9, 2, Cancellation)).Total);
        Assert.Equal(0, (await Statistics.ListThreadsAsync(Given.Other, project, 0, 2, Cancellation)).Total);
    }

    private static RunWrite Threaded(RunWrite write, string thread) =>
        write.With(one => one with { Extra = Given.Json($$$"""{"metadata":{"thread_id":"{{{thread}}}"}}""") });

    private async Task WriteAsync(int count, int from = 0)
    {
        for (var number = from; number < from + count; number++)
        {
            var start = Given.Start.AddMinutes(number * 5);
            var colour = number % 5 == 2 ? "red 7" : "blue 7";
            var root = Given.Post(Given.Id(number + 1), start).With(write => write with
            {
                Name = number % 3 == 0 ? "a" : "b",
                EndTime = number % 7 == 0 ? null : start.AddSeconds(number),
                Error = number % 4 == 0 ? "boom" : null,
                Tags = number % 2 == 0 ? ["even", "any"] : ["any"],
                Extra = Given.Json($$$"""{"metadata":{"tier":"{{{number % 2}}}","colour":"{{{colour}}}","ls_model_name":"m{{{number % 2}}}"}}"""),
            });
            await Runs.WriteAsync(root, Given.Child(root, Given.Id(1_000 + number)).With(write => write with
            {
                RunType = "llm",
                Outputs = Given.Json("""{"usage_metadata":{"input_tokens":7,"output_tokens":1,"total_tokens":8}}"""),
            }));
        }
    }

    private static void AssertSame(RunFigures expected, RunFigures actual)
    {
        Assert.Equal(
            (expected.Runs, expected.Errors, expected.Ended, expected.TotalTokens, expected.FirstStart, expected.LastStart),
            (actual.Runs, actual.Errors, actual.Ended, actual.TotalTokens, actual.FirstStart, actual.LastStart));
        Assert.Equal(expected.Latency.Quantile(0.5), actual.Latency.Quantile(0.5));
    }
}
