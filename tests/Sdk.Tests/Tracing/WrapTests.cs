using LangSmith.Testing;

namespace LangSmith.Sdk.Tests.Tracing;

/// <summary>Delegates of every shape, wrapped.</summary>
public sealed class WrapTests
{
    [Fact]
    public void Invoke_Value_RecordsArgumentsByName()
    {
        using var capture = RunCapture.Start();
        var add = Traceable.Wrap((int left, int right) => left + right, new TraceableOptions { Name = "add", RunType = "tool", Tags = ["t"] });

        Assert.Equal(3, add.Invoke(1, 2));

        var run = capture.Single("add");
        Assert.Equal("""{"left":1,"right":2}""", run.Inputs!.ToJsonString());
        Assert.Equal("""{"output":3}""", run.Outputs!.ToJsonString());
        Assert.Equal(("tool", "t"), (run.RunType, Assert.Single(run.Tags)));
    }

    [Fact]
    public async Task Invoke_Tasks_EndWithTheirResult()
    {
        using var capture = RunCapture.Start();
        var task = Traceable.Wrap(async (string text) =>
        {
            await Task.Yield();
            return text.Length;
        }, new TraceableOptions { Name = "task" });
        var valueTask = Traceable.Wrap((string text) => new ValueTask<int>(text.Length), new TraceableOptions { Name = "value task" });
        var bare = Traceable.Wrap(async () => await Task.Yield(), new TraceableOptions { Name = "bare" });

        Assert.Equal(3, await task.Invoke("abc"));
        Assert.Equal(2, await valueTask.Invoke("ab"));
        await bare.Invoke();

        Assert.Equal(3, (int?)capture.Single("task").Outputs!["output"]);
        Assert.Equal(2, (int?)capture.Single("value task").Outputs!["output"]);
        Assert.NotNull(capture.Single("bare").EndTime);
        Assert.Null(Traceable.Current);
    }

    [Fact]
    public void Invoke_Action_IsRecorded()
    {
        using var capture = RunCapture.Start();
        var called = 0;
        var act = Traceable.Wrap((int by) => { called += by; }, new TraceableOptions { Name = "act" });

        act.Invoke(2);

        Assert.Equal(2, called);
        Assert.Equal("""{"by":2}""", capture.Single("act").Inputs!.ToJsonString());
    }

    [Fact]
    public void Invoke_Sequence_IsCurrentOnlyWhileItProduces()
    {
        using var capture = RunCapture.Start();
        var range = Traceable.Wrap((int count) => Produce(count), new TraceableOptions { Name = "range" });

        foreach (var item in range.Invoke(3))
        {
            Assert.InRange(item, 0, 2);
            Assert.Null(Traceable.Current);
        }

        Assert.Equal("[0,1,2]", capture.Single("range").Outputs!["output"]!.ToJsonString());
        Assert.Equal("range (chain) success\n  step (chain) success\n  step (chain) success\n  step (chain) success\n", capture.ToTree());

        static IEnumerable<int> Produce(int count)
        {
            for (var index = 0; index < count; index++)
            {
                using var step = Traceable.StartRun("step");
                step.End();
                yield return index;
            }
        }
    }

    [Fact]
    public async Task Invoke_AsyncSequenceLeftEarly_IsNoErrorAndReduces()
    {
        using var capture = RunCapture.Start();
        var stream = Traceable.Wrap(
            (int count) => Tokens(count), new TraceableOptions { Name = "stream", RunType = "llm", Reduce = chunks => string.Concat(chunks) });

        await foreach (var token in stream.Invoke(5))
        {
            if (token == "t2")
            {
                break;
            }
        }

        var run = capture.Single("stream");
        Assert.Null(run.Error);
        Assert.Equal("t0t1t2", (string?)run.Outputs!["output"]);
        Assert.Equal("new_token", (string?)Assert.Single(run.Events)!["name"]);
    }

    [Fact]
    public async Task Invoke_AsyncSequenceThatThrows_RecordsTheError()
    {
        using var capture = RunCapture.Start();
        var stream = Traceable.Wrap(() => Failing(), new TraceableOptions { Name = "stream" });

        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var item in stream.Invoke())
            {
                Assert.Equal(1, item);
            }
        });

        Assert.Contains("boom", capture.Single("stream").Error, StringComparison.Ordinal);

        static async IAsyncEnumerable<int> Failing()
        {
            await Task.Yield();
            yield return 1;
            throw new InvalidOperationException("boom");
        }
    }

    [Fact]
    public void Invoke_CancellationToken_IsNotRecorded()
    {
        using var capture = RunCapture.Start();
        var wrapped = Traceable.Wrap((string text, CancellationToken cancellation) => text, new TraceableOptions { Name = "wrapped" });

        wrapped.Invoke("x", TestContext.Current.CancellationToken);

        Assert.Equal("""{"text":"x"}""", capture.Single("wrapped").Inputs!.ToJsonString());
    }

    [Fact]
    public void Invoke_Processors_MakeWhatIsRecordedAndNeverFailTheCall()
    {
        using var capture = RunCapture.Start();
        var wrapped = Traceable.Wrap((string secret) => secret.Length, new TraceableOptions
        {
            Name = "wrapped",
            ProcessInputs = inputs => new { length = ((string?)inputs["secret"])!.Length },
            ProcessOutputs = _ => throw new InvalidOperationException("hush"),
        });

        Assert.Equal(4, wrapped.Invoke("hush"));

        capture.AssertNothingLeaked("hush");
        Assert.Equal("""{"length":4}""", capture.Single("wrapped").Inputs!.ToJsonString());
        Assert.Contains("ProcessOutputs failed", (string?)capture.Single("wrapped").Outputs!["output"], StringComparison.Ordinal);
    }

    [Fact]
    public void Invoke_IgnoredException_PassesThroughWithoutAnError()
    {
        using var capture = RunCapture.Start();
        var wrapped = Traceable.Wrap(
            new Func<int>(() => throw new OperationCanceledException()), new TraceableOptions { Name = "wrapped", IgnoreException = exception => exception is OperationCanceledException });

        Assert.Throws<OperationCanceledException>(() => wrapped.Invoke());

        Assert.Null(capture.Single("wrapped").Error);
    }

    [Fact]
    public void ToFunc_PassedOn_IsTraced()
    {
        using var capture = RunCapture.Start();
        Func<int, int> twice = Traceable.Wrap((int number) => number * 2, new TraceableOptions { Name = "twice" });

        Assert.Equal([2, 4], new[] { 1, 2 }.Select(twice));

        Assert.Equal(2, capture.Runs.Count);
    }

    private static async IAsyncEnumerable<string> Tokens(int count)
    {
        for (var index = 0; index < count; index++)
        {
            await Task.Yield();
            yield return $"t{index}";
        }
    }
}
