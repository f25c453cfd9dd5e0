using LangSmith.Export;

namespace LangSmith.Sdk.Tests.Export;

/// <summary>Builders for tests of the exporter.</summary>
internal static class Some
{
    // An hour: a clock of the tests leaps over anything shorter.
    public static readonly TimeSpan Enough = LeapingTime.Never;

    /// <summary>Options for a peer of the tests: batches wait until they are flushed, so that a test decides what travels together.</summary>
    public static ExportOptions Options(MockServer server, Action<ExportOptions>? change = null) => Options(server.Url, change);

    public static ExportOptions Options(Uri url, Action<ExportOptions>? change = null)
    {
        var options = new ExportOptions
        {
            Endpoint = url,
            ApiKey = "lsv2_secret",
            BatchAgeMax = LeapingTime.Never,
            RequestTimeout = LeapingTime.Never,
            ShutdownTimeout = LeapingTime.Never,
        };
        change?.Invoke(options);
        return options;
    }

    public static ExportPipeline Pipeline(MockServer server, Action<ExportOptions>? change = null, TimeProvider? time = null) =>
        new(Options(server, change), time: time);

    /// <summary>A tracer that sends to a peer of the tests when it is flushed, whatever the environment says.</summary>
    public static LangSmithTracer Tracer(MockServer server, Action<LangSmithOptions>? change = null) => new(TracerOptions(server.Url, change));

    public static LangSmithOptions TracerOptions(Uri url, Action<LangSmithOptions>? change = null)
    {
        var options = new LangSmithOptions
        {
            TracingEnabled = true,
            Endpoint = url,
            ApiKey = "lsv2_secret",
            ProjectName = "tests",
            SamplingRate = 1,
            HideInputs = false,
            HideOutputs = false,
            HideMetadata = false,
            RunsEndpoints = [],
        };
        options.Export.BatchAgeMax = LeapingTime.Never;
        change?.Invoke(options);
        return options;
    }

    public static async Task FlushedAsync(LangSmithTracer tracer) => Assert.True(await tracer.FlushAsync(Enough), "The flush did not end.");

    public static async Task FlushedAsync(IRunQueue pipeline) => Assert.True(await pipeline.FlushAsync(Enough), "The flush did not end.");

    /// <summary>Every entry is in exactly one column, and nothing is left over.</summary>
    public static void AssertSettled(ExportCounters counters)
    {
        Assert.Equal(0, counters.Pending);
        Assert.Equal(counters.Enqueued, counters.Delivered + counters.Duplicate + counters.Rejected + counters.Dropped + counters.Spilled);
        Assert.Equal(counters.Rejected + counters.Dropped, counters.Losses.Values.Sum());
        Assert.Equal(0, counters.PendingBytes);
    }
}
