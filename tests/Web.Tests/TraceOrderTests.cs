using LangSmith.Server.Domain;
using LangSmith.Server.Web.Traces;

namespace Web.Tests;

public sealed class TraceOrderTests
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_RunsInAnyOrder_ParentsFirstThenByStart()
    {
        var root = Run("root", 0);
        var late = Run("late", 5, root);
        var early = Run("early", 1, root);
        var below = Run("below", 2, early);
        Assert.Equal([("root", 0), ("early", 1), ("below", 2), ("late", 1)], TraceOrder.Of([below, late, root, early]).Select(row => (row.Run.Name, row.Depth)));
    }

    [Fact]
    public void Of_ParentMissing_StandsAtTheTopAsOrphan()
    {
        var row = Assert.Single(TraceOrder.Of([Run("alone", 0) with { ParentRunId = Guid.NewGuid() }]));
        Assert.Equal((0, true), (row.Depth, row.IsOrphan));
    }

    [Fact]
    public void Of_Circle_ShowsEveryRunOnce()
    {
        var one = Run("one", 0);
        var two = Run("two", 1, one);
        Assert.Equal(["one", "two", "self"], TraceOrder.Of([one with { ParentRunId = two.Id }, two, Run("self", 9) is var self ? self with { ParentRunId = self.Id } : self])
            .OrderBy(row => row.Run.StartTime).Select(row => row.Run.Name));
    }

    [Fact]
    public void Of_ChainOfTenThousand_DoesNotOverflow()
    {
        var runs = new List<RunRecord> { Run("root", 0) };
        for (var i = 1; i < 10_000; i++)
        {
            runs.Add(Run("step", i, runs[^1]));
        }

        Assert.Equal(9_999, TraceOrder.Of(runs)[^1].Depth);
    }

    private static RunRecord Run(string name, int second, RunRecord? parent = null) => new()
    {
        Id = Guid.NewGuid(),
        Workspace = WorkspaceId.Default,
        TraceId = Guid.Empty,
        ProjectId = Guid.Empty,
        ParentRunId = parent?.Id,
        DottedOrder = "",
        Name = name,
        RunType = "chain",
        StartTime = s_start.AddSeconds(second),
        Status = RunStatus.Success,
        FirstReceivedAt = s_start,
        LastReceivedAt = s_start,
    };
}
