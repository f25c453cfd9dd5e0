using LangSmith.Server.Storage;
using LangSmith.Server.Web.Experiments;

namespace Web.Tests;

public sealed class ScoreMatrixTests
{
    private static readonly Guid s_one = Guid.Parse("01890000-0000-7000-8000-000000000001");
    private static readonly Guid s_two = Guid.Parse("01890000-0000-7000-8000-000000000002");

    [Fact]
    public void Of_AgainstTheBaseline_TellsBetterFromWorse()
    {
        var matrix = new ScoreMatrix(0, new HashSet<string> { "cost" });
        matrix.Add(s_one, 0, [Mean("correct", 0.5), Mean("cost", 2)]);
        matrix.Add(s_one, 1, [Mean("correct", 0.75), Mean("cost", 3), Mean("new", 1)]);
        Assert.Equal(
            [new Score("correct", 0.75, 0.25, Verdict.Better), new Score("cost", 3, 1, Verdict.Worse), new Score("new", 1, null, Verdict.Same)],
            matrix.Of(s_one, 1));
        Assert.All(matrix.Of(s_one, 0), score => Assert.Equal((null, Verdict.Same), (score.Delta, score.Verdict)));
        Assert.Equal([s_one], matrix.With(Verdict.Worse, 1));
        Assert.Empty(matrix.With(Verdict.Worse, 0));
    }

    [Fact]
    public void Of_SeveralRunsOfAnExample_IsTheirMean()
    {
        var matrix = new ScoreMatrix(1, new HashSet<string>());
        matrix.Add(s_one, 0, [Mean("correct", 1)]);
        matrix.Add(s_one, 0, [Mean("correct", 0)]);
        matrix.Add(s_one, 1, [Mean("correct", 0.1 + 0.4)]);
        Assert.Equal(Verdict.Same, Assert.Single(matrix.Of(s_one, 0)).Verdict);
        Assert.Empty(matrix.Of(s_two, 0));
    }

    [Fact]
    public void Averages_OverAllExamples_WeighEachExampleOnce()
    {
        var matrix = new ScoreMatrix(0, new HashSet<string>());
        matrix.Add(s_one, 0, [Mean("correct", 1)]);
        matrix.Add(s_two, 0, [Mean("correct", 0)]);
        matrix.Add(s_two, 0, [Mean("correct", 0)]);
        matrix.Add(s_one, 1, [Mean("correct", 0.25), Mean("comment only", null)]);
        Assert.Equal(0.5, Assert.Single(matrix.Averages(0)).Value);
        Assert.Equal(new Score("correct", 0.25, -0.25, Verdict.Worse), Assert.Single(matrix.Averages(1)));
    }

    private static FeedbackSummary Mean(string key, double? average) => new() { Key = key, Count = 1, Average = average };
}
