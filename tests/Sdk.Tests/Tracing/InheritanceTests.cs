using LangSmith.Testing;

namespace LangSmith.Sdk.Tests.Tracing;

/// <summary>What a run takes over from its surroundings, and what beats what.</summary>
public sealed class InheritanceTests
{
    [Fact]
    public void Metadata_OfScopeWrapperAndCall_TheNearerWins()
    {
        using var capture = RunCapture.Start();
        var wrapped = Traceable.Wrap(
            () => 1, new TraceableOptions { Name = "run", Tags = ["wrapper"], Metadata = Metadata(("a", "wrapper"), ("b", "wrapper"), ("d", "wrapper")) });

        using (Traceable.BeginScope(["scope"], Metadata(("a", "scope"), ("b", "scope"), ("c", "scope"))))
        {
            wrapped.Invoke(new RunOptions { Tags = ["call"], Metadata = Metadata(("a", "call")) });
        }

        var run = capture.Single("run");
        Assert.Equal("""{"a":"call","b":"wrapper","c":"scope","d":"wrapper"}""", run.Metadata.ToJsonString());
        Assert.Equal(["scope", "wrapper", "call"], run.Tags);
    }

    [Fact]
    public void Metadata_SameKeyBelow_TheCallWins()
    {
        using var capture = RunCapture.Start();

        using (Traceable.StartRun("outer", new RunOptions { Metadata = Metadata(("k", "outer")) }))
        using (Traceable.StartRun("inner", new RunOptions { Metadata = Metadata(("k", "inner")) }))
        {
        }

        Assert.Equal("inner", (string?)capture.Single("inner").Metadata["k"]);
    }

    [Fact]
    public void Metadata_ThreadOfTheRoot_IsOnAllBelowUnlessTheyNameTheirOwn()
    {
        using var capture = RunCapture.Start();

        using (Traceable.StartRun("root", new RunOptions { Metadata = Metadata(("thread_id", "t1")) }))
        {
            using (Traceable.StartRun("child"))
            using (Traceable.StartRun("grandchild"))
            {
            }

            using (Traceable.StartRun("other", new RunOptions { Metadata = Metadata(("thread_id", "t2")) }))
            {
            }
        }

        Assert.Equal(["t1", "t1", "t1", "t2"], new[] { "root", "child", "grandchild", "other" }.Select(name => (string?)capture.Single(name).Metadata["thread_id"]));
    }

    [Fact]
    public void Project_OfARunBelowAnother_IsThatOfTheTrace()
    {
        using var capture = RunCapture.Start();
        var inner = Traceable.Wrap(() => 1, new TraceableOptions { Name = "inner", ProjectName = "inner's own" });

        using (Traceable.StartRun("outer", new RunOptions { ProjectName = "outer's" }))
        {
            inner.Invoke(new RunOptions { ProjectName = "the call's" });
            using (Traceable.StartRun("apart", new RunOptions { IsRoot = true, ProjectName = "elsewhere" }))
            {
            }
        }

        Assert.Equal(["outer's", "outer's", "elsewhere"], new[] { "outer", "inner", "apart" }.Select(name => capture.Single(name).ProjectName));
    }

    [Fact]
    public void Project_OfARoot_IsTheCallsBeforeTheWrappersBeforeTheScopesBeforeTheConfigured()
    {
        using var capture = RunCapture.Start(options => options.ProjectName = "configured");
        var wrapped = Traceable.Wrap(() => 1, new TraceableOptions { Name = "wrapped", ProjectName = "wrapper" });

        Traceable.Wrap(() => 1, new TraceableOptions { Name = "first" }).Invoke();
        using (Traceable.BeginScope(projectName: "scope"))
        {
            Traceable.Wrap(() => 1, new TraceableOptions { Name = "second" }).Invoke();
            wrapped.Invoke(new RunOptions { Name = "third" });
            wrapped.Invoke(new RunOptions { Name = "fourth", ProjectName = "call" });
        }

        Assert.Equal(
            ["configured", "scope", "wrapper", "call"],
            new[] { "first", "second", "third", "fourth" }.Select(name => capture.Single(name).ProjectName));
    }

    [Fact]
    public void BeginScope_InsideAnother_AddsToIt()
    {
        using var capture = RunCapture.Start();

        using (Traceable.BeginScope(["outer"], Metadata(("k", "v")), projectName: "outer's"))
        using (Traceable.BeginScope(["inner"]))
        using (Traceable.StartRun("run"))
        {
        }

        var run = capture.Single("run");
        Assert.Equal(["outer", "inner"], run.Tags);
        Assert.Equal("v", (string?)run.Metadata["k"]);
        Assert.Equal("outer's", run.ProjectName);
    }

    [Fact]
    public void StartTime_BeforeTheParents_BecomesTheParents()
    {
        using var capture = RunCapture.Start(seeded: false);
        using var parent = Traceable.StartRun("parent");

        using var child = Traceable.StartRun("child", new RunOptions { StartTime = parent.StartTime.AddHours(-1) });

        Assert.Equal(parent.StartTime, child.StartTime);
        Assert.True(Uuid7.TryGetTimestamp(child.Id, out var time));
        Assert.Equal(parent.StartTime.ToUnixTimeMilliseconds(), time.ToUnixTimeMilliseconds());
    }

    private static Dictionary<string, object?> Metadata(params (string Key, string Value)[] entries) =>
        entries.ToDictionary(entry => entry.Key, object? (entry) => entry.Value);
}
