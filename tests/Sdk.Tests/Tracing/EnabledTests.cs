using LangSmith.Sdk.Tests.Export;
using LangSmith.Testing;

namespace LangSmith.Sdk.Tests.Tracing;

/// <summary>What is recorded, and what is not: switches, scopes, sampling.</summary>
public sealed class EnabledTests
{
    [Fact]
    public void Scopes_OnOffOn_KeepTheParentage()
    {
        using var capture = RunCapture.Start();

        using (Traceable.StartRun("outer"))
        using (Traceable.BeginScope(enabled: false))
        using (Traceable.StartRun("off"))
        using (Traceable.BeginScope(enabled: true))
        using (Traceable.StartRun("inner"))
        {
        }

        Assert.Equal("outer (chain) success\n  inner (chain) success\n", capture.ToTree());
    }

    [Fact]
    public void Wrap_TurnedOff_LeavesTheParentageOfWhatItCalls()
    {
        using var capture = RunCapture.Start();
        var off = Traceable.Wrap(
            () =>
            {
                using (Traceable.StartRun("inner"))
                {
                }
            },
            new TraceableOptions { Enabled = false });

        using (Traceable.StartRun("outer"))
        {
            off.Invoke();
        }

        Assert.Equal("outer (chain) success\n  inner (chain) success\n", capture.ToTree());
    }

    [Fact]
    public void Scope_TurnedOnWhereTracingIsOff_RecordsWhatIsInside()
    {
        using var capture = RunCapture.Start(options => options.TracingEnabled = false);

        using (Traceable.BeginScope(enabled: true))
        using (Traceable.StartRun("on"))
        using (Traceable.StartRun("below"))
        {
        }

        using (Traceable.StartRun("off"))
        {
        }

        Assert.Equal("on (chain) success\n  below (chain) success\n", capture.ToTree());
    }

    [Fact]
    public async Task Off_WithAnIdThatIsNone_JustRuns()
    {
        await using var server = await MockServer.StartAsync();
        await using var tracer = Some.Tracer(server, options => (options.TracingEnabled, options.Strict) = (false, true));
        using var use = tracer.Use();
        var wrapped = Traceable.Wrap(() => 7, new TraceableOptions { Name = "run" });

        Assert.Equal(7, wrapped.Invoke(new RunOptions { RunIdText = "no id" }));
        using (Traceable.StartRun("run", new RunOptions { RunIdText = "no id" }))
        {
        }

        Assert.True(await tracer.FlushAsync());
        Assert.Empty(server.Requests);
        Assert.Equal(0, server.InfoRequests);
    }

    [Fact]
    public void Off_WithAnIdAsText_StillHasIt()
    {
        using var capture = RunCapture.Start(options => options.TracingEnabled = false);
        var id = Uuid7.NewGuid();

        using var run = Traceable.StartRun("run", new RunOptions { RunIdText = id.ToString("N") });

        Assert.Equal(id, run.Id);
    }

    [Fact]
    public void Off_CallerFromElsewhere_TurnsNothingOn()
    {
        using var capture = RunCapture.Start(options => options.TracingEnabled = false);

        using (Traceable.ContinueFrom([KeyValuePair.Create("langsmith-trace", (string?)"20261122T145254564001Z01a203be-ef97-7411-8f3a-319c3bd21459")]))
        using (Traceable.StartRun("run"))
        {
        }

        Assert.Empty(capture.Runs);
    }

    [Fact]
    public void Off_OnEnd_IsStillCalled()
    {
        using var capture = RunCapture.Start(options => options.TracingEnabled = false);
        var ended = 0;

        using (Traceable.StartRun("run", new RunOptions { OnEnd = _ => ended++ }))
        {
        }

        Assert.Equal(1, ended);
        Assert.Empty(capture.Runs);
    }

    [Fact]
    public async Task SampledOut_WholeTrace_SendsNothingWhateverTheOrderOfEnding()
    {
        await using var server = await MockServer.StartAsync();
        await using var tracer = Some.Tracer(server, options => options.SamplingRate = 0);
        using var use = tracer.Use();
        var root = Traceable.StartRun("root", new RunOptions { RunIdText = Uuid7.NewGuid().ToString() });
        var late = Traceable.StartRun("late");
        var byHand = root.CreateChild("by hand");

        byHand.Post();
        root.AddFeedback("user_score", 1);
        root.Dispose();
        late.AddTag("after the root");
        late.Dispose();
        byHand.End();

        Assert.True(await tracer.FlushAsync());
        Assert.Empty(server.Requests);
        Assert.False(late.IsTraced);
    }

    [Fact]
    public void SampledOut_InsideOfIt_TheFunctionsStillSeeTheirRuns()
    {
        using var capture = RunCapture.Start(options => options.SamplingRate = 0);
        var id = Uuid7.NewGuid();

        using (Traceable.StartRun("root", new RunOptions { RunId = id }))
        {
            Assert.Equal(id, Traceable.Current!.Id);
        }

        Assert.Null(Traceable.Current);
    }
}
