using BenchmarkDotNet.Attributes;

namespace LangSmith.Protocol.Bench;

/// <summary>The cost of an id next to the framework's, which is not ordered within a millisecond.</summary>
/// <remarks><c>dotnet run -c Release --project bench/Protocol -- --filter '*Uuid7*'</c>. Target: at most 60 ns for a new id, nothing allocated.</remarks>
[MemoryDiagnoser]
public class Uuid7Benchmarks
{
    private static readonly DateTimeOffset s_time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly Guid s_id = Uuid7.FromTime(s_time);
    private static readonly string s_text = s_id.ToString("D");

#pragma warning disable RS0030 // The banned call is what is compared with.
    [Benchmark(Baseline = true)]
    public Guid FrameworkCreateVersion7() => Guid.CreateVersion7();
#pragma warning restore RS0030

    [Benchmark]
    public Guid NewGuid() => Uuid7.NewGuid();

    [Benchmark]
    public Guid NewGuidFromAReadingOfTheClock() => Uuid7.NewGuid(s_time);

    [Benchmark]
    public Guid FromTime() => Uuid7.FromTime(s_time);

    [Benchmark]
    public Guid Derive() => Uuid7.Derive(s_id, "replica-project");

    [Benchmark]
    public bool TryParse() => RunId.TryParse(s_text, out _);

    [Benchmark]
    public bool TryGetTimestamp() => Uuid7.TryGetTimestamp(s_id, out _);
}
