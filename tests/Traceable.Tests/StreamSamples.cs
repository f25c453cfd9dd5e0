using LangSmith;

namespace Traceable.Tests;

/// <summary>Traced streams whose processors fail.</summary>
internal static class StreamSamples
{
    [Traceable(ReduceChunks = nameof(Fail))]
    public static IEnumerable<int> BadlyReduced() => Numbers();

    [Traceable(ReduceChunks = nameof(Fail))]
    public static async IAsyncEnumerable<int> BadlyReducedAsync()
    {
        foreach (var number in Numbers())
        {
            await Task.Yield();
            yield return number;
        }
    }

    [Traceable(ReduceChunks = nameof(Fail), ProcessOutputs = nameof(Masked))]
    public static IEnumerable<int> BadlyReducedAndProcessed() => Numbers();

    [Traceable(ReduceChunks = nameof(Sum), ProcessOutputs = nameof(Masked))]
    public static IEnumerable<int> ReducedAndProcessed() => Numbers();

    [Traceable(ProcessChunk = nameof(Even))]
    public static IEnumerable<int> PartlyProcessed() => Numbers();

    [Traceable]
    public static IEnumerable<int> Long()
    {
        for (var index = 0; index < 10_002; index++)
        {
            yield return 0;
        }
    }

    internal static int Fail(IReadOnlyList<int> chunks) => throw new InvalidOperationException($"no sum of {chunks.Count}");

    internal static int Sum(IReadOnlyList<int> chunks) => chunks.Sum();

    internal static object Masked(int sum) => new { digits = sum.ToString(System.Globalization.CultureInfo.InvariantCulture).Length };

    internal static int Even(int chunk) => chunk % 2 == 0 ? chunk : throw new InvalidOperationException("odd");

    private static IEnumerable<int> Numbers()
    {
        yield return 12;
        yield return 13;
        yield return 14;
    }
}
