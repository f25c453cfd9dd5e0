using LangSmith.Export;
using LangSmith.Interception;
using LangSmith.Sdk.Tests.Configuration;

namespace LangSmith.Sdk.Tests.Tracing;

/// <summary>What a traced call allocates on its caller's thread: the figures that were reached, with room for a field.</summary>
[Collection(nameof(EnvironmentVariables))]
public sealed class AllocationTests : IDisposable
{
    private const int Calls = 2_000;
    private const int RoomBytes = 16;

    private static readonly TracedMethod s_method = new("work");

    private readonly LangSmithTracer _before = LangSmithTracer.Default;

    public void Dispose() => LangSmithTracer.Default = _before;

    [Fact]
    public void TracedMethod_TwoArgumentsAndAResult_AllocatesTheRunAndItsPayload() =>
        Assert.InRange(BytesPerCall(isOn: true, call => Traced(call, null)), 200, 296 + RoomBytes);

    [Fact]
    public void TracedMethod_WithAnId_AllocatesTheOptionsBesides() =>
        Assert.InRange(BytesPerCall(isOn: true, call => Traced(call, new RunOptions { RunId = Uuid7.NewGuid() })), 200, 376 + RoomBytes);

    [Fact]
    public void Wrap_TwoArgumentsAndAResult_AllocatesTheRunAndItsPayload()
    {
        var wrapped = Wrapped();
        Assert.InRange(BytesPerCall(isOn: true, call => wrapped.Invoke(call, "word")), 200, 296 + RoomBytes);
    }

    [Fact]
    public void Wrap_Off_AllocatesNothing()
    {
        var wrapped = Wrapped();
        Assert.Equal(0, BytesPerCall(isOn: false, call => wrapped.Invoke(call, "word")));
    }

    [Fact]
    public void StartRun_Off_AllocatesTheRunAlone() =>
        Assert.InRange(
            BytesPerCall(isOn: false, _ =>
            {
                using var run = Traceable.StartRun("work");
            }),
            0, 128 + RoomBytes);

    private static TracedFunc<int, string, int> Wrapped() =>
        Traceable.Wrap((int count, string word) => count + word.Length, new TraceableOptions { Name = "work" });

    /// <summary>As the code that is generated for <c>[Traceable] int Work(int count, string word)</c>.</summary>
    private static int Traced(int count, RunOptions? options)
    {
        var call = TracedCall.Open(s_method, options);
        var json = call.BeginInputs();
        json.WriteStartObject();
        json.WritePropertyName("count"u8);
        CapturedValue.Write(json, count);
        json.WritePropertyName("word"u8);
        CapturedValue.Write(json, "word");
        json.WriteEndObject();
        call.EndInputs();
        call.Enter();
        call.Complete(count);
        return count;
    }

    private static long BytesPerCall(bool isOn, Action<int> call)
    {
        using var tracer = new LangSmithTracer(
            new LangSmithOptions { TracingEnabled = isOn, SamplingRate = 1, Endpoint = new Uri("http://localhost:1") }, _ => new NoQueue());
        LangSmithTracer.Default = tracer;
        long bytes = 0;
        // On a thread of its own, whose execution context is empty: each value that flows makes the change of the current run dearer.
        var thread = new Thread(() =>
        {
            for (var round = 0; round < 2; round++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var index = 0; index < Calls; index++)
                {
                    call(index % 10 + 1_000);
                }

                bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            }
        });
        thread.UnsafeStart();
        thread.Join();
        return bytes / Calls;
    }

    private sealed class NoQueue : IRunQueue
    {
        public ExportCounters Counters => new();

        public bool TryEnqueue(IExportableRun run, int capturedBytes) => true;

        public bool TryEnqueue(FeedbackOperation feedback) => true;

        public void AddBytes(int capturedBytes)
        {
        }

        public Task<bool> FlushAsync(TimeSpan timeout, CancellationToken cancellationToken = default) => Task.FromResult(true);
    }
}
