using System.IO.Hashing;

namespace LangSmith.Sampling;

/// <summary>Decides by trace id which traces are recorded, so that every process decides alike.</summary>
/// <remarks>The bucket is XXH3-128 of the lower-case id modulo a million, as langsmith 0.12.0 for JavaScript computes it (2026-11).</remarks>
internal readonly struct TraceSampler(double rate)
{
    private const int Buckets = 1_000_000;

    public bool Records(Guid traceId) => rate >= 1 || (rate > 0 && (double)BucketOf(traceId) / Buckets < rate);

    public static int BucketOf(Guid traceId)
    {
        Span<byte> text = stackalloc byte[36];
        traceId.TryFormat(text, out _, "D");
        return (int)(XxHash128.HashToUInt128(text) % Buckets);
    }
}
