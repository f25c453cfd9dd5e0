using LangSmith;

namespace Traceable.Tests;

/// <summary>What a call of a method with <c>[Traceable]</c> records, through the generator as users have it.</summary>
public sealed class AttributeTests
{
    private readonly Sample _sample = new();

    [Fact]
    public void Call_Value_RecordsArgumentsByNameAndTheResult()
    {
        using var recorded = new Recorded();

        Assert.Equal(3, _sample.Add(1, right: 2));

        var run = Assert.Single(recorded.Runs);
        Assert.Equal("Add", (string?)run["name"]);
        Assert.Equal("""{"left":1,"right":2}""", run["inputs"]!.ToJsonString());
        Assert.Equal("""{"output":3}""", run["outputs"]!.ToJsonString());
        Assert.True((bool)run["ended"]!);
    }

    [Fact]
    public void Call_WithARunIdOfItsOwn_RunsUnderIt()
    {
        using var recorded = new Recorded();
        var id = Uuid7.NewGuid();

        _sample.Add(1, 2, new RunOptions { RunId = id });

        Assert.Equal(id.ToString(), (string?)Assert.Single(recorded.Runs)["id"]);
    }

    [Fact]
    public void Call_AttributeSaysMore_IsOnTheRun()
    {
        using var recorded = new Recorded();

        Assert.Equal("HI", Sample.Shout("hi"));

        var run = recorded["renamed"];
        Assert.Equal(("tool", "other"), ((string?)run["run_type"], (string?)run["project"]));
        Assert.Equal("""["a","b"]""", run["tags"]!.ToJsonString());
        Assert.Equal("search", (string?)run["extra"]!["metadata"]!["team"]);
    }

    [Fact]
    public async Task Call_Task_IsTheParentOfWhatItCalls()
    {
        using var recorded = new Recorded();

        Assert.Equal("why 1", await _sample.AnswerAsync("why", TestContext.Current.CancellationToken));

        Assert.Equal((string?)recorded["AnswerAsync"]["id"], (string?)recorded["Inner"]["parent_run_id"]);
        Assert.Equal("""{"question":"why"}""", recorded["AnswerAsync"]["inputs"]!.ToJsonString());
        Assert.Equal("why 1", (string?)recorded["AnswerAsync"]["outputs"]!["output"]);
        Assert.Null(LangSmith.Traceable.Current);
    }

    [Fact]
    public async Task Call_ValueTask_IsRecorded()
    {
        using var recorded = new Recorded();

        Assert.Equal(3, await _sample.CountAsync("abc"));

        Assert.Equal(3, (int?)recorded["CountAsync"]["outputs"]!["output"]);
    }

    [Fact]
    public async Task Call_Throwing_RecordsTheErrorAndThrowsIt()
    {
        using var recorded = new Recorded();

        await Assert.ThrowsAsync<InvalidOperationException>(Sample.FailAsync);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Sample.FailAsync());

        // The first is a method group, which nothing can intercept.
        var error = (string?)Assert.Single(recorded.Runs)["error"];
        Assert.Contains("InvalidOperationException: boom", error, StringComparison.Ordinal);
        Assert.Contains(nameof(Sample.FailAsync), error, StringComparison.Ordinal);
    }

    [Fact]
    public void Call_Generic_IsRecorded()
    {
        using var recorded = new Recorded();

        Assert.Equal("x", _sample.Echo("x"));
        Assert.Equal(7, _sample.Echo(7));

        Assert.Equal(["x", "7"], recorded.Runs.Select(run => run["outputs"]!["output"]!.ToString()));
    }

    [Fact]
    public void Call_Sequence_IsOneRunPerEnumeration()
    {
        using var recorded = new Recorded();
        var range = _sample.Range(3);

        Assert.Empty(recorded.Runs);
        Assert.Equal([0, 1, 2], range);
        Assert.Equal([0, 1], range.Take(2));

        var runs = recorded.Runs.Where(run => (string?)run["name"] == "Range").ToArray();
        Assert.Equal(["[0,1,2]", "[0,1]"], runs.Select(run => run["outputs"]!["output"]!.ToJsonString()));
        Assert.All(runs, run => Assert.Null(run["error"]));
        Assert.Equal(3, recorded.Runs.Count(run => (string?)run["parent_run_id"] == (string?)runs[0]["id"]));
    }

    [Fact]
    public async Task Call_AsyncSequence_ReducesItsChunksAndMarksTheFirstToken()
    {
        using var recorded = new Recorded();
        var id = Uuid7.NewGuid();

        await foreach (var chunk in _sample.StreamAsync(3, new RunOptions { RunId = id }, TestContext.Current.CancellationToken))
        {
            Assert.NotEmpty(chunk);
        }

        var run = Assert.Single(recorded.Runs);
        Assert.Equal(id.ToString(), (string?)run["id"]);
        Assert.Equal("t0t1t2", (string?)run["outputs"]!["output"]);
        Assert.Equal("new_token", (string?)Assert.Single(run["events"]!.AsArray())!["name"]);
    }

    [Fact]
    public void Call_Processors_MakeWhatIsRecorded()
    {
        using var recorded = new Recorded();

        Assert.Equal("hush 5", _sample.Processed("hush", 5));

        Assert.Equal("""{"number":5}""", recorded["Processed"]["inputs"]!.ToJsonString());
        Assert.Equal("""{"length":6}""", recorded["Processed"]["outputs"]!.ToJsonString());
    }

    [Fact]
    public void Call_NotTracedParameter_IsLeftOut()
    {
        using var recorded = new Recorded();

        _sample.Hidden("shown", "hidden");

        Assert.Equal("""{"shown":"shown"}""", recorded["Hidden"]["inputs"]!.ToJsonString());
    }

    [Fact]
    public void Call_RunParameter_ReceivesTheRun()
    {
        using var recorded = new Recorded();

        var id = _sample.IdOf();

        Assert.Equal(id.ToString(), (string?)recorded["IdOf"]["id"]);

    }

    [Fact]
    public void Call_OptionsParameter_IsHonoured()
    {
        using var recorded = new Recorded();
        var id = Uuid7.NewGuid();

        Assert.Equal(id, _sample.IdWith(new RunOptions { RunId = id }));
    }

    [Fact]
    public void Call_TracingOff_JustCalls()
    {
        using var recorded = new Recorded(options => options.TracingEnabled = false);

        Assert.Equal(3, _sample.Add(1, 2));
        Assert.Empty(recorded.Runs);
    }
}
