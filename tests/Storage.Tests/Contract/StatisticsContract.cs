using CsCheck;
using LangSmith.Server.Domain;
using LangSmith.Server.Query;
using LangSmith.Server.Storage.Statistics;
using LangSmith.Server.Storage.Tests.Support;

namespace LangSmith.Server.Storage.Tests.Contract;

/// <summary>Figures: counts and sums exact, quantiles within 1 %.</summary>
public abstract class StatisticsContract<TEngine> : StoreContract<TEngine>
    where TEngine : Engine, new()
{
    private sealed record Sample(int Minute, double? Seconds, bool Failed, int? Tokens, string Type, string? Tag, string? Tier);

    private static readonly Gen<Sample> s_run =
        from minute in Gen.Int[0, 300]
        from seconds in Gen.Double[0.001, 100]
        from ended in Gen.Bool
        from failed in Gen.Bool
        from tokens in Gen.Int[0, 5000]
        from type in Pick("llm", "chain", "tool")
        from tag in Pick(null, "a", "b")
        from tier in Pick(null, "gold", "free")
        select new Sample(minute, ended ? seconds : null, failed, type == "llm" ? tokens : null, type!, tag, tier);

    private int _case;

    private IRunStatistics Statistics => Engine.Statistics;

    [Fact]
    public async Task SummarizeAsync_NoRuns_IsOneEmptyElement()
    {
        var figures = Assert.Single(await Statistics.SummarizeAsync(new RunStatisticsQuery { Workspace = Given.Workspace }, Cancellation));

        Assert.Equal((0L, null, null, null), (figures.Runs, figures.TotalTokens, figures.LastStart, figures.Latency.Quantile(0.5)));
    }

    [Fact]
    public async Task SummarizeAsync_AnyRuns_IsTheExactAnswerWithinOnePercent() =>
        await s_run.Array[1, 40].SampleAsync(
            async samples =>
            {
                var workspace = await WriteAsync(samples);
                var all = Assert.Single(await Statistics.SummarizeAsync(new RunStatisticsQuery { Workspace = workspace }, Cancellation));
                AssertFigures(samples, all);

                var hourly = await Statistics.SummarizeAsync(new RunStatisticsQuery { Workspace = workspace, Bucket = TimeSpan.FromHours(1) }, Cancellation);
                Assert.Equal(samples.Select(run => run.Minute / 60).Distinct().Order().Select(hour => Given.Start.AddHours(hour)), hourly.Select(one => one.Bucket!.Value));
                foreach (var one in hourly)
                {
                    AssertFigures([.. samples.Where(run => Given.Start.AddHours(run.Minute / 60) == one.Bucket)], one);
                }

                await AssertGroupedAsync(workspace, samples, new RunGrouping(RunAttribute.RunType), run => run.Type);
                await AssertGroupedAsync(workspace, samples, new RunGrouping(RunAttribute.Tag), run => run.Tag);
                await AssertGroupedAsync(workspace, samples, new RunGrouping(RunAttribute.Metadata, "tier"), run => run.Tier);
                await AssertGroupedAsync(workspace, samples, new RunGrouping(RunAttribute.Status), StatusOf);
            },
            iter: 25, threads: 1);

    [Fact]
    public async Task SummarizeAsync_Conditions_AreAllMet()
    {
        Sample[] samples = [.. Enumerable.Range(0, 10).Select(minute => new Sample(minute * 30, 1, minute % 2 == 0, minute, "llm", null, null))];
        var workspace = await WriteAsync(samples);
        var project = (await Engine.Catalogue.FindProjectAsync(workspace, "default", Cancellation))!.Id;

        await AssertCountAsync(10, query => query with { ProjectIds = [project] });
        await AssertCountAsync(0, query => query with { ProjectIds = [Given.Id(999)] });
        await AssertCountAsync(4, query => query with { From = Given.Start.AddHours(1), To = Given.Start.AddHours(3) });
        await AssertCountAsync(10, query => query with { IsRoot = true });
        await AssertCountAsync(5, query => query with { Filter = new RunFilter.Compare(RunProperty.Status, Comparison.Equal, "error") });
        await AssertCountAsync(5, query => query with { TraceFilter = new RunFilter.Compare(RunProperty.Status, Comparison.Equal, "error") });

        async Task AssertCountAsync(long expected, Func<RunStatisticsQuery, RunStatisticsQuery> conditions) =>
            Assert.Equal(expected, Assert.Single(
                await Statistics.SummarizeAsync(conditions(new RunStatisticsQuery { Workspace = workspace }), Cancellation)).Runs);
    }

    [Fact]
    public async Task SummarizeAsync_WholeTraces_CountsTokensBelowTheRoot()
    {
        var root = Given.Post(Given.Id(1));
        await Runs.WriteAsync(
            root,
            Given.Child(root, Given.Id(2)).With(write => Llm(write, tokens: 30)),
            Given.Child(root, Given.Id(3)).With(write => Llm(write, tokens: 12)));
        var query = new RunStatisticsQuery { Workspace = Given.Workspace, IsRoot = true };

        Assert.Null(Assert.Single(await Statistics.SummarizeAsync(query, Cancellation)).TotalTokens);
        var whole = Assert.Single(await Statistics.SummarizeAsync(query with { WholeTraces = true }, Cancellation));
        Assert.Equal((1L, 42L, 42), (whole.Runs, whole.TotalTokens, Math.Round(whole.TotalTokensPerRun.Quantile(0.5)!.Value)));
    }

    [Fact]
    public async Task SummarizeAsync_MoreGroupsThanAsked_KeepsTheLargest()
    {
        Sample[] samples = [.. "aaabbc".Select((tag, minute) => new Sample(minute, 1, false, null, "chain", tag.ToString(), null))];
        var workspace = await WriteAsync(samples);

        var groups = await Statistics.SummarizeAsync(
            new RunStatisticsQuery { Workspace = workspace, GroupBy = new RunGrouping(RunAttribute.Tag), GroupsMax = 2 }, Cancellation);

        Assert.Equal([("a", 3L), ("b", 2L)], groups.Select(group => (group.Group!, group.Runs)));
    }

    private static Gen<string?> Pick(params string?[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private async Task<WorkspaceId> WriteAsync(Sample[] samples)
    {
        var workspace = new WorkspaceId(Given.Id(0x1000 + ++_case));
        await Runs.WriteAsync([.. samples.Select((sample, index) =>
        {
            var start = Given.Start.AddMinutes(sample.Minute);
            var write = Given.Post(Given.Id(index + 1), start) with
            {
                Workspace = workspace,
                RunType = sample.Type,
                EndTime = sample.Seconds is { } seconds ? start.AddSeconds(seconds) : null,
                Error = sample.Failed ? "boom" : null,
                Tags = sample.Tag is null ? null : [sample.Tag],
                Extra = sample.Tier is null ? default : Given.Json($$$"""{"metadata":{"tier":"{{{sample.Tier}}}"}}"""),
            };
            return write.With(one => sample.Tokens is { } tokens ? Llm(one, tokens) : one);
        })]);
        return workspace;
    }

    private static RunWrite Llm(RunWrite write, int tokens) => write with
    {
        RunType = "llm",
        Outputs = Given.Json($$$"""{"usage_metadata":{"input_tokens":{{{tokens}}},"output_tokens":0,"total_tokens":{{{tokens}}}}}"""),
    };

    private async Task AssertGroupedAsync(WorkspaceId workspace, Sample[] samples, RunGrouping grouping, Func<Sample, string?> group)
    {
        var figures = await Statistics.SummarizeAsync(new RunStatisticsQuery { Workspace = workspace, GroupBy = grouping }, Cancellation);
        var expected = samples.Where(run => group(run) is not null).GroupBy(run => group(run)!).ToDictionary(own => own.Key, own => own.ToArray());
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), figures.Select(one => one.Group!).Order(StringComparer.Ordinal));
        Assert.All(figures, one => AssertFigures(expected[one.Group!], one));
    }

    private static string StatusOf(Sample run) => run.Failed ? "error" : run.Seconds is null ? "pending" : "success";

    private static void AssertFigures(Sample[] samples, RunFigures figures)
    {
        Assert.Equal(samples.Length, figures.Runs);
        Assert.Equal(samples.Count(run => run.Failed), figures.Errors);
        Assert.Equal(samples.Count(run => run.Seconds is not null), figures.Ended);
        Assert.Equal(Given.Start.AddMinutes(samples.Max(run => run.Minute)), figures.LastStart);
        Assert.Equal(Given.Start.AddMinutes(samples.Min(run => run.Minute)), figures.FirstStart);
        Assert.Equal(samples.Any(run => run.Tokens is not null) ? samples.Sum(run => run.Tokens ?? 0) : null, figures.TotalTokens);
        double[] latencies = [.. samples.Select(run => run.Seconds).OfType<double>().Order()];
        foreach (var share in (double[])[0, 0.5, 0.95, 1])
        {
            if (latencies.Length == 0)
            {
                Assert.Null(figures.Latency.Quantile(share));
            }
            else
            {
                // The sketch answers with the element at the rank below; times are stored in ticks of 100 ns.
                var exact = latencies[(int)(share * (latencies.Length - 1))];
                Assert.InRange(figures.Latency.Quantile(share)!.Value, (exact * 0.9899) - 1e-6, (exact * 1.0101) + 1e-6);
            }
        }
    }
}
