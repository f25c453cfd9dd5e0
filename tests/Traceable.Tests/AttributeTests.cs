using LangSmith;
using LangSmith.Testing;

namespace Traceable.Tests;

/// <summary>What a call of a method with <c>[Traceable]</c> records, through the generator as users have it.</summary>
public sealed class AttributeTests
{
    private readonly Sample _sample = new();

    [Fact]
    public void Call_Value_RecordsArgumentsByNameAndTheResult()
    {
        using var capture = RunCapture.Start();

        Assert.Equal(3, _sample.Add(1, right: 2));

        var run = Assert.Single(capture.Runs);
        Assert.Equal("Add", run.Name);
        Assert.Equal("""{"left":1,"right":2}""", run.Inputs!.ToJsonString());
        Assert.Equal("""{"output":3}""", run.Outputs!.ToJsonString());
        Assert.True(run.EndTime is not null);
    }

    [Fact]
    public void Call_WithARunIdOfItsOwn_RunsUnderIt()
    {
        using var capture = RunCapture.Start();
        var id = Uuid7.NewGuid();

        _sample.Add(1, 2, new RunOptions { RunId = id });

        Assert.Equal(id, Assert.Single(capture.Runs).Id);
    }

    [Fact]
    public void Call_AttributeSaysMore_IsOnTheRun()
    {
        using var capture = RunCapture.Start();

        Assert.Equal("HI", Sample.Shout("hi"));

        var run = capture.Single("renamed");
        Assert.Equal(("tool", "other"), (run.RunType, run.ProjectName));
        Assert.Equal(["a", "b"], run.Tags);
        Assert.Equal("search", (string?)run.Metadata["team"]);
    }

    [Fact]
    public async Task Call_Task_IsTheParentOfWhatItCalls()
    {
        using var capture = RunCapture.Start();

        Assert.Equal("why 1", await _sample.AnswerAsync("why", TestContext.Current.CancellationToken));

        Assert.Equal(capture.Single("AnswerAsync").Id, capture.Single("Inner").ParentRunId);
        Assert.Equal("""{"question":"why"}""", capture.Single("AnswerAsync").Inputs!.ToJsonString());
        Assert.Equal("why 1", (string?)capture.Single("AnswerAsync").Outputs!["output"]);
        Assert.Null(LangSmith.Traceable.Current);
    }

    [Fact]
    public async Task Call_ValueTask_IsRecorded()
    {
        using var capture = RunCapture.Start();

        Assert.Equal(3, await _sample.CountAsync("abc"));

        Assert.Equal(3, (int?)capture.Single("CountAsync").Outputs!["output"]);
    }

    [Fact]
    public async Task Call_Throwing_RecordsTheErrorAndThrowsIt()
    {
        using var capture = RunCapture.Start();

#pragma warning disable LS0004 // What nothing can intercept stays untraced.
        await Assert.ThrowsAsync<InvalidOperationException>(Sample.FailAsync);
#pragma warning restore LS0004
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Sample.FailAsync());

        // The first is a method group, which nothing can intercept.
        var error = Assert.Single(capture.Runs).Error;
        Assert.Contains("InvalidOperationException: boom", error, StringComparison.Ordinal);
        Assert.Contains(nameof(Sample.FailAsync), error, StringComparison.Ordinal);
    }

    [Fact]
    public void Call_Generic_IsRecorded()
    {
        using var capture = RunCapture.Start();

        Assert.Equal("x", _sample.Echo("x"));
        Assert.Equal(7, _sample.Echo(7));

        Assert.Equal(["x", "7"], capture.Runs.Select(run => run.Outputs!["output"]!.ToString()));
    }

    [Fact]
    public void Call_Sequence_IsOneRunPerEnumeration()
    {
        using var capture = RunCapture.Start();
        var range = _sample.Range(3);

        Assert.Empty(capture.Runs);
        Assert.Equal([0, 1, 2], range);
        Assert.Equal([0, 1], range.Take(2));

        var runs = capture.Runs.Where(run => run.Name == "Range").ToArray();
        Assert.Equal(["[0,1,2]", "[0,1]"], runs.Select(run => run.Outputs!["output"]!.ToJsonString()));
        Assert.All(runs, run => Assert.Null(run.Error));
        Assert.Equal([false, true], runs.Select(run => run.Metadata.ContainsKey("ls_stream_left_early")));
        Assert.Equal(3, capture.Runs.Count(run => run.ParentRunId == runs[0].Id));
    }

    [Fact]
    public async Task Call_AsyncSequence_ReducesItsChunksAndMarksTheFirstToken()
    {
        using var capture = RunCapture.Start();
        var id = Uuid7.NewGuid();

        await foreach (var chunk in _sample.StreamAsync(3, new RunOptions { RunId = id }, TestContext.Current.CancellationToken))
        {
            Assert.NotEmpty(chunk);
        }

        var run = Assert.Single(capture.Runs);
        Assert.Equal(id, run.Id);
        Assert.Equal("t0t1t2", (string?)run.Outputs!["output"]);
        Assert.Equal("new_token", (string?)Assert.Single(run.Events)!["name"]);
    }

    [Fact]
    public void Call_Processors_MakeWhatIsRecorded()
    {
        using var capture = RunCapture.Start();

        Assert.Equal("hush 5", _sample.Processed("hush", 5));

        Assert.Equal("""{"number":5}""", capture.Single("Processed").Inputs!.ToJsonString());
        Assert.Equal("""{"length":6}""", capture.Single("Processed").Outputs!.ToJsonString());
    }

    [Fact]
    public void Call_NotTracedParameter_IsLeftOut()
    {
        using var capture = RunCapture.Start();

        _sample.Hidden("shown", "hidden");

        Assert.Equal("""{"shown":"shown"}""", capture.Single("Hidden").Inputs!.ToJsonString());
    }

    [Fact]
    public void Call_RunParameter_ReceivesTheRun()
    {
        using var capture = RunCapture.Start();

        var id = _sample.IdOf();

        Assert.Equal(id, capture.Single("IdOf").Id);

    }

    [Fact]
    public void Call_OptionsParameter_IsHonoured()
    {
        using var capture = RunCapture.Start();
        var id = Uuid7.NewGuid();

        Assert.Equal(id, _sample.IdWith(new RunOptions { RunId = id }));
    }

    [Fact]
    public void Call_TracingOff_JustCalls()
    {
        using var capture = RunCapture.Start(options => options.TracingEnabled = false);

        Assert.Equal(3, _sample.Add(1, 2));
        Assert.Empty(capture.Runs);
    }
}
