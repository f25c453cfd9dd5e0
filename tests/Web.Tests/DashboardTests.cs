using System.Text.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Domain.Statistics;
using LangSmith.Server.Storage.Statistics;
using LangSmith.Server.Web.Dashboards;
using LangSmith.Server.Web.Runs;

namespace Web.Tests;

public sealed class DashboardTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 25, 10, 20, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("1h", "09:21", 60)]
    [InlineData("24h", "10:30", 48)]
    [InlineData("7d", "12:00", 56)]
    [InlineData("30d", "12:00", 60)]
    public void Buckets_OfARange_AreWholeButTheLastOne(string key, string first, int count)
    {
        var range = DashboardAddress.Ranges.Single(one => one.Key == key);

        var buckets = range.Buckets(s_now);

        Assert.Equal(first, buckets[0].ToString("HH:mm"));
        Assert.Equal(count, buckets.Count);
        Assert.InRange(s_now - buckets[^1], TimeSpan.Zero, range.Bucket);
        Assert.InRange(buckets[0], s_now - range.Span, s_now - range.Span + range.Bucket);
    }

    [Theory]
    [InlineData(106.2, 100d, true, "+6.2 %", "bad")]
    [InlineData(90d, 100d, true, "−10 %", "good")]
    [InlineData(90d, 100d, null, "−10 %", null)]
    [InlineData(100.01, 100d, true, "±0 %", null)]
    [InlineData(5_000d, 100d, true, "×50", "bad")]
    public void OfShare_OfTwoFigures_SaysHowMuchAndWhetherItIsGood(double now, double before, bool? isLessBetter, string text, string? verdict) =>
        Assert.Equal(new DashboardChange(text, verdict), DashboardChange.OfShare(now, before, isLessBetter));

    [Theory]
    [InlineData(null, 1d)]
    [InlineData(1d, null)]
    [InlineData(1d, 0d)]
    public void OfShare_OfNothing_IsNull(double? now, double? before) => Assert.Null(DashboardChange.OfShare(now, before, isLessBetter: true));

    [Fact]
    public void OfTraces_FiguresOfTwoTimes_SayWhatChanged()
    {
        var charts = DashboardCharts.OfTraces(new DashboardFigures
        {
            Times = [s_now, s_now.AddMinutes(1)],
            Total = Runs(200, errors: 8, tokens: 1_000, cost: 2),
            Before = Runs(100, errors: 5, tokens: 2_000, cost: 1),
            Points = [Runs(200, errors: 8, tokens: 1_000, cost: 2) with { Bucket = s_now.AddMinutes(1) }],
            Models =
            [
                Runs(10, errors: 0, tokens: 5, cost: 2) with { Bucket = s_now, Group = "dear" }, Runs(20, errors: 0, tokens: 5, cost: 0) with { Bucket = s_now, Group = "free" },
            ],
        });

        Assert.Equal(
            [
                "Latency 990 ms p50 · p95 990 ms · p99 990 ms ±0 % ", "Traces 200  +100 % ", "Error rate 4.0 %  −1 pt good", "Tokens 1.0k 75 % prompt −50 % ",
                "Cost $2.00  +100 % bad", "Time to first token – p50 · p95 –  ",
            ],
            charts.Select(chart => $"{chart.Title} {chart.Head!.Value} {chart.Head.Note} {chart.Head.Change?.Text} {chart.Head.Change?.Verdict}"));
        var traces = JsonElement.Parse(charts[1].Json);
        Assert.Equal("[[0,192],[0,8]]", traces.GetProperty("values").GetRawText());
        Assert.Equal(["dear"], charts[4].Series.Select(series => series.Name));
        Assert.True(charts[5].IsEmpty);
    }

    [Theory]
    [InlineData(0, "whole")]
    [InlineData(1, "half half")]
    [InlineData(2, "half half whole")]
    [InlineData(3, "half half half half")]
    [InlineData(4, "half half third third third")]
    [InlineData(5, "half half half half half half")]
    [InlineData(6, "half half third third third half half")]
    [InlineData(7, "half half third third third third third third")]
    public void Width_OfEveryCard_FillsItsLine(int charts, string widths)
    {
        var model = new DashboardModel
        {
            Project = new Project { Workspace = new WorkspaceId(Guid.NewGuid()), Id = Guid.NewGuid(), Name = "p", StartTime = s_now },
            Address = new DashboardAddress("24h", "none", ""),
            Bar = FilterBar.Read(""),
            Runs = 1,
            Charts = [.. Enumerable.Repeat(new DashboardChart("t", "s", "line", [], []), charts)],
            Slowest = [],
        };

        Assert.Equal(widths, string.Join(' ', Enumerable.Range(0, charts + 1).Select(model.Width)));
    }

    private static RunFigures Runs(long runs, long errors, long tokens, decimal cost)
    {
        var latency = new QuantileSketch();
        latency.Add(1, runs);
        return new RunFigures
        {
            Runs = runs,
            Errors = errors,
            Ended = runs,
            TotalTokens = tokens,
            PromptTokens = tokens * 3 / 4,
            CompletionTokens = tokens / 4,
            TotalCost = cost,
            Latency = latency,
        };
    }
}
