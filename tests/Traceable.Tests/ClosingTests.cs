using LangSmith;
using LangSmith.Testing;

namespace Traceable.Tests;

/// <summary>What a stream does while it is closed belongs to its run; what is no stream or task at all stays what it is.</summary>
public sealed class ClosingTests
{
    [Fact]
    public async Task AsyncStream_LeftEarlyWithAFinallyThatThrows_EndsWithTheError()
    {
        using var capture = RunCapture.Start();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Closing.BadlyAsync().FirstAsync(TestContext.Current.CancellationToken));

        var run = capture.Single("BadlyAsync");
        Assert.NotNull(run.EndTime);
        Assert.Contains("closed badly", run.Error, StringComparison.Ordinal);
        Assert.Equal("""{"output":[1]}""", run.Outputs!.ToJsonString());
    }

    [Fact]
    public void Stream_LeftEarlyWithAFinallyThatThrows_EndsWithTheError()
    {
        using var capture = RunCapture.Start();

        Assert.Throws<InvalidOperationException>(() => Closing.Badly().First());

        Assert.Contains("closed badly", capture.Single("Badly").Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Streams_LeftEarly_AreCurrentWhileTheyAreClosed()
    {
        using var capture = RunCapture.Start();

        await Closing.TidilyAsync().FirstAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, Closing.Tidily().First());

        Assert.Equal(capture.Single("TidilyAsync").Id, capture.Single("cleanup async").ParentRunId);
        Assert.Equal(capture.Single("Tidily").Id, capture.Single("cleanup").ParentRunId);
    }

    [Fact]
    public async Task Wrapped_StreamsLeftEarlyWithAFinallyThatThrows_EndWithTheError()
    {
        using var capture = RunCapture.Start();
        var wrapped = LangSmith.Traceable.Wrap(Closing.Badly, new() { Name = "wrapped" });
        var wrappedAsync = LangSmith.Traceable.Wrap(Closing.BadlyAsync, new() { Name = "wrapped async" });

        Assert.Throws<InvalidOperationException>(() => wrapped.Invoke().First());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await wrappedAsync.Invoke().FirstAsync(TestContext.Current.CancellationToken));

        Assert.All(
            capture.Runs.Where(run => run.Name.StartsWith("wrapped", StringComparison.Ordinal)),
            run => Assert.Contains("closed badly", run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AsyncStream_ThatCannotBeOpened_EndsWithTheError()
    {
        using var capture = RunCapture.Start();

        await Assert.ThrowsAsync<NotSupportedException>(async () => await Closing.Unopened().FirstAsync(TestContext.Current.CancellationToken));

        Assert.Contains(nameof(NotSupportedException), capture.Single("Unopened").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_InPlaceOfATaskOrAStream_IsHandedThroughAndEndsTheRun()
    {
        using var capture = RunCapture.Start();

        Assert.Null(Closing.NoTask());
        Assert.Null(Closing.NoTaskOfValue());
        Assert.Null(Closing.NoStream());
        Assert.Null(Closing.NoAsyncStream());

        Assert.Equal(4, capture.Runs.Count);
        Assert.All(capture.Runs, run => Assert.NotNull(run.EndTime));
    }

    internal static class Closing
    {
        [Traceable]
        public static async IAsyncEnumerable<int> BadlyAsync()
        {
            try
            {
                await Task.Yield();
                yield return 1;
                yield return 2;
            }
            finally
            {
                Throw();
            }
        }

        [Traceable]
        public static IEnumerable<int> Badly()
        {
            try
            {
                yield return 1;
                yield return 2;
            }
            finally
            {
                Throw();
            }
        }

        [Traceable]
        public static async IAsyncEnumerable<int> TidilyAsync()
        {
            try
            {
                await Task.Yield();
                yield return 1;
                yield return 2;
            }
            finally
            {
                LangSmith.Traceable.StartRun("cleanup async").Dispose();
            }
        }

        [Traceable]
        public static IEnumerable<int> Tidily()
        {
            try
            {
                yield return 1;
                yield return 2;
            }
            finally
            {
                LangSmith.Traceable.StartRun("cleanup").Dispose();
            }
        }

        [Traceable]
        public static IAsyncEnumerable<int> Unopened() => new NeverOpens();

#pragma warning disable MA0022 // What others do wrong is what is looked at.
        [Traceable]
        public static Task? NoTask() => null;

        [Traceable]
        public static Task<int>? NoTaskOfValue() => null;
#pragma warning restore MA0022

        [Traceable]
        public static IEnumerable<int>? NoStream() => null;

        [Traceable]
        public static IAsyncEnumerable<int>? NoAsyncStream() => null;

        private static void Throw() => throw new InvalidOperationException("closed badly");

        private sealed class NeverOpens : IAsyncEnumerable<int>
        {
            public IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancellationToken = default) => throw new NotSupportedException();
        }
    }
}
