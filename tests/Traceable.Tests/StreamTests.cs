using LangSmith.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Traceable.Tests;

/// <summary>Streams of traced methods whose processors and reducers fail: nothing that may leave is lost, and a warning says so.</summary>
public sealed class StreamTests
{
    private const int CallbackFailed = 1010;

    private readonly FakeLogCollector _log = new();

    [Fact]
    public void ReduceChunks_ThatThrows_KeepsTheChunksAndWarns()
    {
        using var capture = Start();

        Assert.Equal([12, 13, 14], StreamSamples.BadlyReduced());

        Assert.Equal("""{"output":[12,13,14]}""", capture.Single("BadlyReduced").Outputs!.ToJsonString());
        Assert.Null(capture.Single("BadlyReduced").Error);
        Assert.Single(Warnings());
    }

    [Fact]
    public async Task ReduceChunks_OfAnAsyncStreamThatThrows_KeepsTheChunksAndWarns()
    {
        using var capture = Start();

        var read = await StreamSamples.BadlyReducedAsync().ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal([12, 13, 14], read);
        Assert.Equal("""{"output":[12,13,14]}""", capture.Single("BadlyReducedAsync").Outputs!.ToJsonString());
        Assert.Single(Warnings());
    }

    [Fact]
    public void ReduceChunks_ThatThrowsBeforeAProcessor_KeepsWhatTheProcessorDidNotSeeHere()
    {
        using var capture = Start();

        Assert.Equal([12, 13, 14], StreamSamples.BadlyReducedAndProcessed());

        capture.AssertNothingLeaked("12", "13", "14");
        Assert.Contains("InvalidOperationException", capture.Single("BadlyReducedAndProcessed").Outputs!.ToJsonString(), StringComparison.Ordinal);
        Assert.Single(Warnings());
    }

    [Fact]
    public void ReduceChunks_BeforeAProcessor_IsWhatTheProcessorGets()
    {
        using var capture = Start();

        Assert.Equal([12, 13, 14], StreamSamples.ReducedAndProcessed());

        Assert.Equal("""{"digits":2}""", capture.Single("ReducedAndProcessed").Outputs!.ToJsonString());
        Assert.Empty(Warnings());
    }

    [Fact]
    public void ProcessChunk_ThatThrowsForOne_KeepsTheOthersCountsItAndWarnsOnce()
    {
        using var capture = Start();

        Assert.Equal([12, 13, 14, 12, 13, 14], StreamSamples.PartlyProcessed().Concat(StreamSamples.PartlyProcessed()));

        Assert.All(capture.Runs, run =>
        {
            Assert.Equal("""{"output":[12,14]}""", run.Outputs!.ToJsonString());
            Assert.Equal(1, (int?)run.Metadata["ls_chunks_not_processed"]);
        });
        Assert.Equal(2, Warnings().Count());
    }

    [Fact]
    public void Chunks_MoreThanAreKept_AreCounted()
    {
        using var capture = Start();

        Assert.Equal(10_002, StreamSamples.Long().Count());

        Assert.Equal(10_000, capture.Single("Long").Outputs!["output"]!.AsArray().Count);
        Assert.Equal(2, (int?)capture.Single("Long").Metadata["ls_chunks_not_kept"]);
    }

    private RunCapture Start() =>
        RunCapture.Start(options => options.LoggerFactory = new LoggerFactory([new FakeLoggerProvider(_log)]));

    private IEnumerable<FakeLogRecord> Warnings() => _log.GetSnapshot().Where(record => record.Id.Id == CallbackFailed);
}
