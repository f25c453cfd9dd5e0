using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace LangSmith.Sdk.Bench.Calls;

/// <summary>The tracers that the cases run on.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly HttpClient _http = new(new DiscardingHandler());
    private readonly LangSmithTracer _off;
    private readonly LangSmithTracer _on;
    private readonly ActivitySource _unheard = new("bench.unheard");
    private readonly ActivitySource _heard = new("bench.heard");
    private readonly ActivitySource _exported = new("bench.exported");
    private readonly ActivityListener _listener;
    private readonly TracerProvider _provider;
    private readonly TracedFunc<int, string, int> _wrapped;
    private readonly IWorker _decorated = Traceable.Decorate<IWorker>(new Worker());

    public Stage()
    {
        _off = new LangSmithTracer(Options(enabled: false));
        _on = new LangSmithTracer(Options(enabled: true));
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source == _heard,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(_listener);
        // Its default queue of 2,048 would drop most of a round, and dropping is cheap.
        _provider = OpenTelemetry.Sdk.CreateTracerProviderBuilder()
            .AddSource(_exported.Name)
            .AddProcessor(new BatchActivityExportProcessor(new DiscardingExporter(), maxQueueSize: 16_384))
            .Build();
        _wrapped = Traceable.Wrap((int count, string word) => Work.Direct(count, word), new TraceableOptions { Name = "work" });
    }

    public IReadOnlyList<Case> Cases() =>
    [
        new("direct call", DirectLoop),
        new("[Traceable], tracing off", TracedLoop, Off),
        new("Traceable.Wrap, tracing off", WrappedLoop, Off),
        new("Traceable.StartRun, tracing off", PlainScopeLoop, Off),
        new("generated decorator, tracing off", DecoratedLoop, Off),
        new("Activity, nobody listens", calls => ActivityLoop(_unheard, calls)),
        new("[Traceable], exporter on", TracedLoop, On, Flush),
        new("[Traceable] with a run id, exporter on", IdLoop, On, Flush),
        new("[Traceable] under ForNextRun, exporter on", NextLoop, On, Flush),
        new("Traceable.Wrap, exporter on", WrappedLoop, On, Flush),
        new("Traceable.StartRun with inputs, outputs, run id, exporter on", ScopeLoop, On, Flush),
        new("generated decorator, exporter on", DecoratedLoop, On, Flush),
        new("direct call, completed task", calls => AsyncLoop(Work.DirectAsync, calls)),
        new("[Traceable], completed task, exporter on", TracedAsyncLoop, On, Flush),
        new("direct call that yields", calls => AsyncLoop(Work.YieldAsync, calls), HasBytes: false),
        new("[Traceable] that yields, exporter on", TracedYieldLoop, On, Flush, HasBytes: false),
        new("Activity, no tags, a listener", calls => ActivityLoop(_heard, calls)),
        new("Activity, the same three values as tags, a listener", calls => TaggedLoop(_heard, calls)),
        new("Activity with the three tags, a call that yields, OpenTelemetry SDK", TaggedYieldLoop, After: () => _provider.ForceFlush(), HasBytes: false),
        new("Activity, the same three values as tags, OpenTelemetry SDK", calls => TaggedLoop(_exported, calls), After: () => _provider.ForceFlush()),
    ];

    public async ValueTask DisposeAsync()
    {
        await _on.DisposeAsync();
        await _off.DisposeAsync();
        _provider.Dispose();
        _listener.Dispose();
        _unheard.Dispose();
        _heard.Dispose();
        _exported.Dispose();
        _http.Dispose();
    }

    private LangSmithOptions Options(bool enabled) => new()
    {
        TracingEnabled = enabled,
        Endpoint = new Uri("http://localhost:1"),
        HttpClient = _http,
        SamplingRate = 1,
    };

    private void On() => LangSmithTracer.Default = _on;

    private void Off() => LangSmithTracer.Default = _off;

    private void Flush() => _on.FlushAsync().GetAwaiter().GetResult();

    private static int DirectLoop(int calls)
    {
        var sum = 0;
        for (var call = 0; call < calls; call++)
        {
            sum += Work.Direct(call, "word");
        }

        return sum;
    }

    private static int TracedLoop(int calls)
    {
        var sum = 0;
        for (var call = 0; call < calls; call++)
        {
            sum += Work.Traced(call, "word");
        }

        return sum;
    }

    private static int IdLoop(int calls)
    {
        var sum = 0;
        for (var call = 0; call < calls; call++)
        {
            sum += Work.Traced(call, "word", new RunOptions { RunId = Uuid7.NewGuid() });
        }

        return sum;
    }

    private static int NextLoop(int calls)
    {
        var sum = 0;
        for (var call = 0; call < calls; call++)
        {
            using var _ = Traceable.ForNextRun(new RunOptions { RunId = Uuid7.NewGuid() });
            sum += Work.Traced(call, "word");
        }

        return sum;
    }

    private int WrappedLoop(int calls)
    {
        var sum = 0;
        for (var call = 0; call < calls; call++)
        {
            sum += _wrapped.Invoke(call, "word");
        }

        return sum;
    }

    private int DecoratedLoop(int calls)
    {
        var sum = 0;
        for (var call = 0; call < calls; call++)
        {
            sum += _decorated.Do(call, "word");
        }

        return sum;
    }

    private static int AsyncLoop(Func<int, string, Task<int>> work, int calls)
    {
        return LoopAsync().GetAwaiter().GetResult();

        async Task<int> LoopAsync()
        {
            var sum = 0;
            for (var call = 0; call < calls; call++)
            {
                sum += await work(call, "word");
            }

            return sum;
        }
    }

    // Called where they stand: a method group is not intercepted.
    private static int TracedAsyncLoop(int calls) => AsyncLoop((count, word) => Work.TracedAsync(count, word), calls);

    private static int TracedYieldLoop(int calls) => AsyncLoop((count, word) => Work.TracedYieldAsync(count, word), calls);

    private int TaggedYieldLoop(int calls)
    {
        return AsyncLoop(TaggedAsync, calls);

        async Task<int> TaggedAsync(int count, string word)
        {
            using var activity = _exported.StartActivity("work");
            activity?.SetTag("count", count);
            activity?.SetTag("word", word);
            var result = await Work.YieldAsync(count, word);
            activity?.SetTag("output", result);
            return result;
        }
    }

    private static int ScopeLoop(int calls)
    {
        var sum = 0;
        for (var call = 0; call < calls; call++)
        {
            using var run = Traceable.StartRun("work", new RunOptions { RunId = Uuid7.NewGuid(), Inputs = new Arguments(call, "word") });
            var result = Work.Direct(call, "word");
            run.End(result);
            sum += result;
        }

        return sum;
    }

    private static int PlainScopeLoop(int calls)
    {
        var sum = 0;
        for (var call = 0; call < calls; call++)
        {
            using var run = Traceable.StartRun("work");
            sum += Work.Direct(call, "word");
        }

        return sum;
    }

    private static int ActivityLoop(ActivitySource source, int calls)
    {
        var sum = 0;
        for (var call = 0; call < calls; call++)
        {
            using var activity = source.StartActivity("work");
            sum += Work.Direct(call, "word");
        }

        return sum;
    }

    private static int TaggedLoop(ActivitySource source, int calls)
    {
        var sum = 0;
        for (var call = 0; call < calls; call++)
        {
            using var activity = source.StartActivity("work");
            activity?.SetTag("count", call);
            activity?.SetTag("word", "word");
            var result = Work.Direct(call, "word");
            activity?.SetTag("output", result);
            sum += result;
        }

        return sum;
    }

    private sealed record Arguments(int Count, string Word);
}
