using LangSmith.Testing;
using LangSmith.Tracing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace LangSmith.Sdk.Tests.Tracing;

/// <summary>The rules of identity: which id a run gets, and what is said when it is not the one that was given.</summary>
[Collection(nameof(RunIdTests))]
public sealed class RunIdTests
{
    private static readonly Guid s_version4 = Guid.Parse("8f14e45f-ceea-467f-9c5e-1d1b2f6f7a01");

    private readonly FakeLogCollector _log = new();

    public RunIdTests() => RunIdGuard.ForgetRemarks();

    private IEnumerable<FakeLogRecord> Said => _log.GetSnapshot().Where(record => record.Category == "LangSmith.RunId");

    [Fact]
    public void StartRun_WithAnId_HasItAndItsTrace()
    {
        using var capture = Start();
        var id = Uuid7.NewGuid();

        using (var run = Traceable.StartRun("root", new RunOptions { RunId = id, StartTime = DateTimeOffset.UtcNow }))
        {
            Assert.Equal((id, id), (run.Id, run.TraceId));
        }

        Assert.Equal(id, capture.Single("root").Id);
        Assert.Empty(Said);
    }

    [Fact]
    public void StartRun_WithoutAnId_DerivesItFromTheStart()
    {
        using var capture = Start(seeded: false);
        var start = new DateTimeOffset(2031, 5, 6, 7, 8, 9, 123, TimeSpan.Zero);

        using var run = Traceable.StartRun("root", new RunOptions { StartTime = start });

        Assert.True(Uuid7.TryGetTimestamp(run.Id, out var time));
        Assert.Equal(start, time);
    }

    [Fact]
    public void StartRun_AnotherVersion_IsTakenWithOneWarning()
    {
        using var capture = Start();

        using (Traceable.StartRun("one", new RunOptions { RunId = s_version4 }))
        {
        }

        using (Traceable.StartRun("two", new RunOptions { RunId = Guid.Parse("9f14e45f-ceea-467f-9c5e-1d1b2f6f7a01") }))
        {
        }

        Assert.Equal(s_version4, capture.Single("one").Id);
        var warning = Assert.Single(Said);
        Assert.Equal((LogLevel.Warning, 1001), (warning.Level, warning.Id.Id));
        Assert.Contains("version 4", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StartRun_AnotherVersionUnderRequire_GetsAFreshIdAndKeepsTheRefusedOne()
    {
        using var capture = Start(options => options.RunIdPolicy = RunIdPolicy.Require);

        using (Traceable.StartRun("one", new RunOptions { RunId = s_version4 }))
        {
        }

        var run = capture.Single("one");
        Assert.NotEqual(s_version4, run.Id);
        Assert.Equal(s_version4.ToString(), (string?)run.Metadata["ls_invalid_run_id"]);
        Assert.Equal(1002, Assert.Single(Said).Id.Id);
    }

    [Fact]
    public void StartRun_AnotherVersionUnderAllow_IsTakenInSilence()
    {
        using var capture = Start(options => options.RunIdPolicy = RunIdPolicy.Allow);

        using (Traceable.StartRun("one", new RunOptions { RunId = s_version4 }))
        {
        }

        Assert.Equal(s_version4, capture.Single("one").Id);
        Assert.Empty(Said);
    }

    [Fact]
    public void StartRun_IdFarFromTheStart_IsTakenWithARemarkOfItsOwn()
    {
        using var capture = Start();
        var id = Uuid7.FromTime(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));

        using (Traceable.StartRun("one", new RunOptions { RunId = id }))
        {
        }

        Assert.Equal(id, capture.Single("one").Id);
        Assert.Equal((LogLevel.Information, 1004), (Assert.Single(Said).Level, Assert.Single(Said).Id.Id));
    }

    [Theory]
    [InlineData("order-42")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("")]
    public void StartRun_TextThatIsNoId_NeverStopsAnything(string text)
    {
        using var capture = Start();
        var ran = false;

        using (Traceable.StartRun("one", new RunOptions { RunIdText = text }))
        {
            ran = true;
        }

        Assert.True(ran);
        Assert.Equal(text, (string?)capture.Single("one").Metadata["ls_invalid_run_id"]);
        var warning = Assert.Single(Said);
        Assert.Equal((LogLevel.Warning, 1002), (warning.Level, warning.Id.Id));
    }

    [Fact]
    public void StartRun_NilUuid_IsNeverSent()
    {
        using var capture = Start();

        using (Traceable.StartRun("one", new RunOptions { RunId = Guid.Empty }))
        {
        }

        Assert.NotEqual(Guid.Empty, capture.Single("one").Id);
        Assert.Equal(1002, Assert.Single(Said).Id.Id);
    }

    [Fact]
    public void Wrap_TextThatIsNoId_StillCallsTheFunction()
    {
        using var capture = Start();
        var wrapped = Traceable.Wrap((int number) => number * 2, new TraceableOptions { Name = "wrapped" });

        Assert.Equal(4, wrapped.Invoke(2, new RunOptions { RunIdText = "order-42" }));

        Assert.Equal("order-42", (string?)capture.Single("wrapped").Metadata["ls_invalid_run_id"]);
        Assert.Equal(1002, Assert.Single(Said).Id.Id);
    }

    [Fact]
    public void Wrap_OptionsUsedTwice_GiveTheirIdToTheFirstCallAndWarn()
    {
        using var capture = Start();
        var wrapped = Traceable.Wrap((int number) => number, new TraceableOptions { Name = "wrapped" });
        var options = new RunOptions { RunId = Uuid7.NewGuid(), StartTime = DateTimeOffset.UtcNow };

        wrapped.Invoke(1, options);
        wrapped.Invoke(2, options);

        Assert.Single(capture.Runs, run => run.Id == options.RunId);
        Assert.Equal(2, capture.Runs.Count);
        Assert.Equal(1002, Assert.Single(Said).Id.Id);
    }

    [Fact]
    public void Wrap_AnIdPerCall_IsThatCallsOwn()
    {
        using var capture = Start();
        var wrapped = Traceable.Wrap((int number) => number, new TraceableOptions { Name = "wrapped" });
        Guid[] ids = [Uuid7.NewGuid(), Uuid7.NewGuid()];

        wrapped.Invoke(0, new RunOptions { RunId = ids[0], StartTime = DateTimeOffset.UtcNow });
        wrapped.Invoke(1, new RunOptions { RunId = ids[1], StartTime = DateTimeOffset.UtcNow });

        Assert.All(capture.Runs, run => Assert.Equal(ids[(int)run.Inputs!["number"]!], run.Id));
        Assert.Equal(2, capture.Runs.Count);
        Assert.Empty(Said);
    }

    [Fact]
    public void StartRun_BelowAnotherVersion_IsNotRemarkedUpon()
    {
        using var capture = Start();

        using (Traceable.StartRun("one", new RunOptions { RunId = s_version4 }))
        using (Traceable.StartRun("two"))
        {
        }

        Assert.Equal(s_version4, capture.Single("two").TraceId);
        Assert.Single(Said);
    }

    [Fact]
    public void StartRun_TextInAnyForm_IsRead()
    {
        using var capture = Start();

        using (Traceable.StartRun("one", new RunOptions { RunIdText = "urn:uuid:0193A000-0000-7000-8000-0000000000AA" }))
        {
        }

        Assert.Equal(Guid.Parse("0193a000-0000-7000-8000-0000000000aa"), capture.Single("one").Id);
    }

    [Fact]
    public void StartRun_BadIdInStrictMode_Throws()
    {
        using var capture = Start(options => options.Strict = true);

        var exception = Assert.Throws<ArgumentException>(() => Traceable.StartRun("one", new RunOptions { RunIdText = "order-42" }));

        Assert.Contains("order-42", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Uuid7", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StartRun_SameIdAgain_IsTheNextAttempt()
    {
        using var capture = Start();
        var id = Uuid7.NewGuid();

        using (var first = Traceable.StartRun("one", new RunOptions { RunId = id, StartTime = DateTimeOffset.UtcNow }))
        {
            first.Fail("boom");
        }

        using (var second = Traceable.StartRun("one", new RunOptions { RunId = id, StartTime = DateTimeOffset.UtcNow }))
        {
            Assert.Equal(id, second.Id);
        }

        Assert.Empty(Said);
    }

    [Fact]
    public void StartRun_TwoAliveUnderOneId_IsReported()
    {
        using var capture = Start();
        var id = Uuid7.NewGuid();

        using (Traceable.StartRun("one", new RunOptions { RunId = id, StartTime = DateTimeOffset.UtcNow }))
        using (Traceable.StartRun("two", new RunOptions { RunId = id, StartTime = DateTimeOffset.UtcNow }))
        {
        }

        Assert.Equal((LogLevel.Warning, 1003), (Assert.Single(Said).Level, Assert.Single(Said).Id.Id));
    }

    [Fact]
    public void StartRun_OptionsUsedTwice_GiveTheirIdToTheFirst()
    {
        using var capture = Start();
        var options = new RunOptions { RunId = Uuid7.NewGuid(), StartTime = DateTimeOffset.UtcNow };

        using (Traceable.StartRun("one", options))
        {
        }

        using (Traceable.StartRun("two", options))
        {
        }

        Assert.Equal(options.RunId, capture.Single("one").Id);
        Assert.NotEqual(options.RunId, capture.Single("two").Id);
        Assert.Equal(1002, Assert.Single(Said).Id.Id);
    }

    [Fact]
    public void Wrap_FixedIdInItsOptions_IsTheFirstCallsOnly()
    {
        using var capture = Start();
        var id = Uuid7.NewGuid();
        var wrapped = Traceable.Wrap((int number) => number, new TraceableOptions { Name = "wrapped", RunId = id });

        wrapped.Invoke(1);
        wrapped.Invoke(2);

        Assert.Equal([true, false], capture.Runs.OrderBy(run => (int?)run.Inputs!["number"]).Select(run => run.Id == id));
        Assert.Contains(Said, record => record.Id.Id == 1002);
    }

    [Fact]
    public void Wrap_IdWithTheCall_BeatsTheFixedOne()
    {
        using var capture = Start();
        var id = Uuid7.NewGuid();
        var wrapped = Traceable.Wrap((int number) => number, new TraceableOptions { RunId = Uuid7.NewGuid() });

        wrapped.Invoke(1, new RunOptions { RunId = id, StartTime = DateTimeOffset.UtcNow });

        Assert.Equal(id, Assert.Single(capture.Runs).Id);
    }

    [Fact]
    public void CreateChild_WithAnId_HasIt()
    {
        using var capture = Start();
        var id = Uuid7.NewGuid();
        var root = RunTree.CreateRoot("root");
        root.Post();

        var child = root.CreateChild("child", new RunOptions { RunId = id, StartTime = DateTimeOffset.UtcNow });
        child.Post();
        child.End();
        root.End();

        Assert.Equal((id, (Guid?)root.Id, root.Id), (child.Id, child.ParentRunId, child.TraceId));
        Assert.Equal(["root", "child"], capture.Runs.Select(run => run.Name));
    }

    [Fact]
    public void CreateRoot_WithAnId_HasIt()
    {
        using var capture = Start();
        var id = Uuid7.NewGuid();

        var root = RunTree.CreateRoot("root", new RunOptions { RunId = id, StartTime = DateTimeOffset.UtcNow });
        root.Post();
        root.End();

        Assert.Equal((id, id, null), (root.Id, root.TraceId, root.ParentRunId));
        Assert.Equal(id, capture.Single("root").Id);
    }

    [Fact]
    public void ForNextRun_TwoRuns_TheFirstHasTheId()
    {
        using var capture = Start();
        var id = Uuid7.NewGuid();

        using (Traceable.ForNextRun(new RunOptions { RunId = id, StartTime = DateTimeOffset.UtcNow }))
        {
            Traceable.Wrap(() => 1, new TraceableOptions { Name = "first" }).Invoke();
            Traceable.Wrap(() => 2, new TraceableOptions { Name = "second" }).Invoke();
        }

        Assert.Equal(id, capture.Single("first").Id);
        Assert.NotEqual(id, capture.Single("second").Id);
        Assert.Empty(Said);
    }

    [Fact]
    public void StartRun_TwoBadIdsOfOneKind_AreEachSaidWithTheirRuns()
    {
        using var capture = Start();

        foreach (var text in new[] { "order-1", "order-2" })
        {
            using (Traceable.StartRun("run", new RunOptions { RunIdText = text }))
            {
            }
        }

        // What was given is lost otherwise, so this is no remark that is made once.
        Assert.Equal(["order-1", "order-2"], Said.Select(record => record.GetStructuredStateValue("Given")));
    }

    private RunCapture Start(Action<LangSmithOptions>? configure = null, bool seeded = true) => RunCapture.Start(
        options =>
        {
            options.LoggerFactory = new LoggerFactory([new FakeLoggerProvider(_log)]);
            configure?.Invoke(options);
        },
        seeded);
}
