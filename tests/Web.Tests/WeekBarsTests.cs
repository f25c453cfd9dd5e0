using Bunit;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Statistics;
using LangSmith.Server.Web.Projects;

namespace Web.Tests;

/// <summary>The seven days on a project's card.</summary>
public sealed class WeekBarsTests : BunitContext
{
    [Fact]
    public void WeekBars_BusyAndQuietTimes_StandOnOneLineInTheirProportion()
    {
        var bars = Render([(0, 0), (50, 0), (100, 25)]);

        Assert.Equal("0 0 12 34", bars.Find("svg").GetAttribute("viewBox"));
        Assert.Equal(
            [("none", "0", "32", "1"), ("runs", "4", "17", "16"), ("runs", "8", "1", "32"), ("errors", "8", "25", "8")],
            bars.FindAll("rect").Select(bar => (bar.ClassName!, bar.GetAttribute("x")!, bar.GetAttribute("y")!, bar.GetAttribute("height")!)));
    }

    [Fact]
    public void WeekBars_FewAmongVeryMany_AreStillSeen()
    {
        var bar = Render([(1, 0), (1_000_000, 0)]).FindAll("rect")[0];

        Assert.Equal(("runs", "1"), (bar.ClassName, bar.GetAttribute("height")));
    }

    [Fact]
    public void WeekBars_QuietWeek_SaysSo()
    {
        var bars = Render([(0, 0), (0, 0)]);

        Assert.Equal("0 traces in the last seven days, 0 of them failed", bars.Find("svg").GetAttribute("aria-label"));
        Assert.All(bars.FindAll("rect"), bar => Assert.Equal("none", bar.ClassName));
    }

    private IRenderedComponent<WeekBars> Render((long Runs, long Errors)[] bars)
    {
        var project = new Project { Id = Guid.Empty, Workspace = WorkspaceId.Default, Name = "p", StartTime = DateTimeOffset.UnixEpoch };
        var week = new RunFigures { Runs = bars.Sum(bar => bar.Runs), Errors = bars.Sum(bar => bar.Errors) };
        return Render<WeekBars>(parameters => parameters.Add(component => component.Card, new ProjectCard(project, week, bars)));
    }
}
