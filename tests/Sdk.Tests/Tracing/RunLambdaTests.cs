using LangSmith.Testing;

namespace LangSmith.Sdk.Tests.Tracing;

/// <summary>Lambdas as runs, with a result or without, whichever of the two names is taken for an asynchronous one.</summary>
public sealed class RunLambdaTests
{
    [Fact]
    public async Task Run_LambdasOfEveryKind_EndWhenTheirWorkDoes()
    {
        using var capture = RunCapture.Start();
        var gate = new TaskCompletionSource();

        Traceable.Run("action", run => run.AddTag("inside"));
        var number = Traceable.Run("function", run => 7);
        var pending = Traceable.Run("task", async run => await gate.Task);
        var pendingNumber = Traceable.Run("task of value", async run =>
        {
            await gate.Task;
            return 8;
        });
        var last = Traceable.RunAsync("async action", async run => await gate.Task);

        Assert.All(["task", "task of value", "async action"], name => Assert.Null(capture.Single(name).EndTime));
        gate.SetResult();
        await pending;
        await last;
        Assert.Equal((7, 8), (number, await pendingNumber));
        Assert.All(capture.Runs, run => Assert.NotNull(run.EndTime));
        Assert.Equal(["inside"], capture.Single("action").Tags);
        Assert.Equal("""{"output":8}""", capture.Single("task of value").Outputs!.ToJsonString());
    }

    [Fact]
    public async Task Run_LambdasThatThrow_RecordTheError()
    {
        using var capture = RunCapture.Start();

        Assert.Throws<InvalidOperationException>(() => Traceable.Run("action", run => Throw()));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Traceable.RunAsync("async action", async run =>
        {
            await Task.Yield();
            Throw();
        }));

        Assert.All(capture.Runs, run => Assert.Contains("boom", run.Error, StringComparison.Ordinal));
    }

    private static void Throw() => throw new InvalidOperationException("boom");
}
