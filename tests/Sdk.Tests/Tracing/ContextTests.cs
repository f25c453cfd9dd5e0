using System.Threading.Channels;
using LangSmith.Testing;

namespace LangSmith.Sdk.Tests.Tracing;

/// <summary>Which run is current where, and what hangs below what.</summary>
public sealed class ContextTests
{
    [Fact]
    public void Current_InsideAndOutside_IsTheInnermost()
    {
        using var capture = RunCapture.Start();

        Assert.Null(Traceable.Current);
        using (var outer = Traceable.StartRun("outer"))
        {
            Assert.Same(outer, Traceable.Current);
            using (var inner = Traceable.StartRun("inner"))
            {
                Assert.Same(inner, Traceable.Current);
            }

            Assert.Same(outer, Traceable.Current);
        }

        Assert.Null(Traceable.Current);
        Assert.Equal("outer (chain) success\n  inner (chain) success\n", capture.ToTree());
    }

    [Fact]
    public async Task Current_AcrossTasks_Flows()
    {
        using var capture = RunCapture.Start();
        using (Traceable.StartRun("outer"))
        {
            await Task.Run(() => Leaf("task"));
            await Parallel.ForEachAsync(Enumerable.Range(0, 4), (index, _) =>
            {
                Leaf($"parallel {index}");
                return ValueTask.CompletedTask;
            });
            await Task.WhenAll(Task.Run(() => Leaf("a")), Task.Run(() => Leaf("b")));
        }

        var outer = capture.Single("outer").Id;
        Assert.Equal(7, capture.Runs.Count(run => run.ParentRunId == outer));
    }

    [Fact]
    public async Task Current_ThroughAChannel_IsTheConsumersOwnUnlessGiven()
    {
        using var capture = RunCapture.Start();
        var channel = Channel.CreateUnbounded<RunTree>();
        var consumer = Task.Run(async () =>
        {
            await foreach (var parent in channel.Reader.ReadAllAsync())
            {
                Leaf("on its own");
                using (parent.MakeCurrent())
                {
                    Leaf("below the producer");
                }
            }
        });
        using (var producer = Traceable.StartRun("producer"))
        {
            channel.Writer.TryWrite(producer);
            channel.Writer.Complete();
            await consumer;
        }

        Assert.Null(capture.Single("on its own").ParentRunId);
        Assert.Equal(capture.Single("producer").Id, capture.Single("below the producer").ParentRunId);
    }

    [Fact]
    public async Task Current_InAThreadAndATimer_Flows()
    {
        using var capture = RunCapture.Start();
        using (Traceable.StartRun("outer"))
        {
            var thread = new Thread(() => Leaf("thread"));
            thread.Start();
            thread.Join();
            var fired = new TaskCompletionSource();
            await using var timer = new Timer(
                _ =>
                {
                    Leaf("timer");
                    fired.SetResult();
                },
                null,
                TimeSpan.Zero,
                Timeout.InfiniteTimeSpan);
            await fired.Task;
        }

        Assert.Equal(["outer", "thread", "timer"], capture.Runs.Select(run => run.Name).Order());
        Assert.Equal(2, capture.Runs.Count(run => run.ParentRunId == capture.Single("outer").Id));
    }

    [Fact]
    public async Task Current_SuppressedFlow_IsNone()
    {
        using var capture = RunCapture.Start();
        using (Traceable.StartRun("outer"))
        {
            Task<RunTree?> task;
            using (ExecutionContext.SuppressFlow())
            {
                task = Task.Run(() => Traceable.Current);
            }

            Assert.Null(await task);
        }
    }

    [Fact]
    public void StartRun_DisabledBetweenTwo_KeepsTheParentage()
    {
        using var capture = RunCapture.Start();

        using (Traceable.StartRun("outer"))
        using (var off = Traceable.StartRun("off", new RunOptions { Enabled = false }))
        using (Traceable.StartRun("inner"))
        {
            Assert.False(off.IsTraced);
        }

        Assert.Equal("outer (chain) success\n  inner (chain) success\n", capture.ToTree());
    }

    [Fact]
    public void BeginScope_TurnedOff_RecordsNothingUntilItEnds()
    {
        using var capture = RunCapture.Start();

        using (Traceable.BeginScope(enabled: false))
        {
            Leaf("off");
        }

        Leaf("on");
        Assert.Equal("on (chain) success\n", capture.ToTree());
    }

    [Fact]
    public void BeginScope_TagsMetadataProject_AreOnAllBelow()
    {
        using var capture = RunCapture.Start();

        using (Traceable.BeginScope(["nightly"], new Dictionary<string, object?> { ["tenant"] = "t1" }, projectName: "other"))
        using (Traceable.StartRun("outer", new RunOptions { Tags = ["own"], Metadata = new Dictionary<string, object?> { ["tenant"] = "t2", ["n"] = 1 } }))
        {
            Leaf("leaf");
        }

        var leaf = capture.Single("leaf");
        Assert.Equal(["nightly", "own"], leaf.Tags);
        Assert.Equal("other", leaf.ProjectName);
        Assert.Equal("""{"tenant":"t2","n":1}""", leaf.Metadata.ToJsonString());
    }

    [Fact]
    public void StartRun_AsRoot_LeavesTheSurroundingTrace()
    {
        using var capture = RunCapture.Start();

        using (Traceable.StartRun("outer"))
        using (Traceable.StartRun("apart", new RunOptions { IsRoot = true }))
        {
            Leaf("leaf");
        }

        Assert.Null(capture.Single("apart").ParentRunId);
        Assert.Equal(capture.Single("apart").Id, capture.Single("leaf").TraceId);
    }

    [Fact]
    public void StartRun_TracingOff_CostsTheCallerNothingButTheRun()
    {
        using var capture = RunCapture.Start(options => options.TracingEnabled = false);
        var id = Uuid7.NewGuid();

        using (var run = Traceable.StartRun("off", new RunOptions { RunId = id }))
        {
            run.AddTag("a");
            run.AddMetadata("b", 1);
            run.AddEvent("c");
            run.SetInputs(new { d = 1 });
            Assert.Equal(id, run.Id);
            Assert.Empty(run.ToHeaders());
        }

        Assert.Empty(capture.Runs);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void StartRun_SampledTrace_IsWholeOrNotAtAll(double rate)
    {
        using var capture = RunCapture.Start(options => options.SamplingRate = rate);

        using (Traceable.StartRun("outer"))
        {
            Leaf("inner");
        }

        Assert.Equal(rate * 2, capture.Runs.Count);
    }

    private static void Leaf(string name)
    {
        using var run = Traceable.StartRun(name);
        run.End();
    }
}
