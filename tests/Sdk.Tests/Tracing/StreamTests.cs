using LangSmith.Sdk.Tests.Export;
using LangSmith.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace LangSmith.Sdk.Tests.Tracing;

/// <summary>Runs that last as long as a stream.</summary>
public sealed class StreamTests
{
    private const string LeftEarly = "ls_stream_left_early";

    [Fact]
    public void Sequence_ReadToItsEnd_HasAllItsItems()
    {
        using var capture = RunCapture.Start();

        Assert.Equal(6, Traceable.Wrap(() => Enumerable.Range(0, 6), new TraceableOptions { Name = "run" }).Invoke().Count());

        var run = capture.Single("run");
        Assert.Equal("""{"output":[0,1,2,3,4,5]}""", run.Outputs!.ToJsonString());
        Assert.Null(run.Metadata[LeftEarly]);
    }

    [Fact]
    public async Task Sequence_LeftEarly_SaysSoAndIsNoError()
    {
        using var capture = RunCapture.Start();

        Assert.Equal(0, Traceable.Wrap(() => Enumerable.Range(0, 6), new TraceableOptions { Name = "pulled" }).Invoke().First());
        await foreach (var token in Traceable.Wrap(() => Tokens(5), new TraceableOptions { Name = "awaited" }).Invoke())
        {
            Assert.Equal("t0", token);
            break;
        }

        foreach (var (name, outputs) in new[] { ("pulled", """{"output":[0]}"""), ("awaited", """{"output":["t0"]}""") })
        {
            var run = capture.Single(name);
            Assert.Equal(outputs, run.Outputs!.ToJsonString());
            Assert.True((bool?)run.Metadata[LeftEarly]);
            Assert.Null(run.Error);
            Assert.NotNull(run.EndTime);
        }
    }

    [Fact]
    public void Reduce_ThatThrows_KeepsTheItemsAndIsLogged()
    {
        var log = new FakeLogCollector();
        using var capture = RunCapture.Start(options => options.LoggerFactory = new LoggerFactory([new FakeLoggerProvider(log)]));
        var wrapped = Traceable.Wrap(
            () => Enumerable.Range(0, 3), new TraceableOptions { Name = "run", Reduce = _ => throw new InvalidOperationException() });

        Assert.Equal([0, 1, 2], wrapped.Invoke());

        Assert.Equal("""{"output":[0,1,2]}""", capture.Single("run").Outputs!.ToJsonString());
        Assert.Contains(log.GetSnapshot(), record => record.Id.Id == 1010);
    }

    [Fact]
    public async Task Llm_Chunks_MarkTheFirstTokenOnceAndWithoutItsText()
    {
        using var capture = RunCapture.Start();
        var wrapped = Traceable.Wrap(() => Tokens(3), new TraceableOptions { Name = "run", RunType = "llm" });

        await foreach (var token in wrapped.Invoke())
        {
            Assert.StartsWith("t", token, StringComparison.Ordinal);
        }

        var marked = Assert.Single(capture.Single("run").Events)!.AsObject();
        Assert.Equal(["name", "time"], marked.Select(pair => pair.Key));
        Assert.Equal("new_token", (string?)marked["name"]);
        Assert.InRange((DateTimeOffset)marked["time"]!, capture.Single("run").StartTime, capture.Single("run").EndTime!.Value);
    }

    [Fact]
    public async Task Stream_WithARunId_IsOneCreationAndOneUpdateOfIt()
    {
        await using var server = await MockServer.StartAsync();
        await using var tracer = Some.Tracer(server);
        using var use = tracer.Use();
        var id = Uuid7.NewGuid();
        var wrapped = Traceable.Wrap(() => Tokens(3), new TraceableOptions { Name = "run" });

        await foreach (var token in wrapped.Invoke(new RunOptions { RunId = id }))
        {
            await Some.FlushedAsync(tracer);
        }

        await Some.FlushedAsync(tracer);
        Assert.Equal([("post", id), ("patch", id)], server.Requests.SelectMany(request => request.Operations));
    }

    [Fact]
    public async Task Stream_ProcessOutputs_SeesTheWholeOfIt()
    {
        using var capture = RunCapture.Start();
        var wrapped = Traceable.Wrap(() => Tokens(3), new TraceableOptions
        {
            Name = "run",
            Reduce = chunks => string.Concat(chunks),
            ProcessOutputs = text => ((string)text!).Length,
        });

        await foreach (var token in wrapped.Invoke())
        {
            Assert.Equal(2, token.Length);
        }

        Assert.Equal("""{"output":6}""", capture.Single("run").Outputs!.ToJsonString());
    }

    [Fact]
    public async Task Stream_WhatItCalls_IsBelowItsRun()
    {
        using var capture = RunCapture.Start();
        var wrapped = Traceable.Wrap(() => Working(), new TraceableOptions { Name = "stream" });

        await foreach (var item in wrapped.Invoke())
        {
            Assert.Null(Traceable.Current);
        }

        Assert.Equal("stream (chain) success\n  step (chain) success\n  step (chain) success\n", capture.ToTree());

        static async IAsyncEnumerable<int> Working()
        {
            for (var index = 0; index < 2; index++)
            {
                await Task.Yield();
                using (Traceable.StartRun("step"))
                {
                }

                yield return index;
            }
        }
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
