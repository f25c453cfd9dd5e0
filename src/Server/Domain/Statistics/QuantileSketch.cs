using System.Buffers;

namespace LangSmith.Server.Domain.Statistics;

/// <summary>Counts non-negative numbers in buckets whose width grows with the number, so that any quantile is right within 1 %.</summary>
/// <remarks>
/// A bucket holds the numbers from gamma^(i-1) to gamma^i and answers with their midpoint in ratio; merging adds counts, so hours add up to
/// days without a loss. Numbers below a billionth count as zero. Not thread-safe.
/// </remarks>
public sealed class QuantileSketch
{
    /// <summary>The largest relative error of a quantile.</summary>
    public const double RelativeError = 0.01;

    private const double Smallest = 1e-9;
    private const double Gamma = (1 + RelativeError) / (1 - RelativeError);

    private static readonly double s_logGamma = Math.Log(Gamma);

    private readonly SortedDictionary<int, long> _buckets = [];
    private long _zeros;

    /// <summary>How many numbers were added.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a number; a negative or undefined one counts as zero, because clocks that step back must not break a dashboard.</summary>
    public void Add(double value) => Add(value, 1);

    /// <summary>Adds a number several times.</summary>
    public void Add(double value, long times)
    {
        Count += times;
        if (!(value > Smallest))
        {
            _zeros += times;
            return;
        }

        AddBucket((int)Math.Ceiling(Math.Log(Math.Min(value, double.MaxValue)) / s_logGamma), times);
    }

    /// <summary>Takes a number out that was added before: a run whose latency changed leaves its old bucket.</summary>
    public void Remove(double value) => Add(value, -1);

    /// <summary>Adds all that another sketch counted.</summary>
    public void Merge(QuantileSketch other)
    {
        Count += other.Count;
        _zeros += other._zeros;
        foreach (var (bucket, count) in other._buckets)
        {
            AddBucket(bucket, count);
        }
    }

    /// <summary>The number below which a share of all numbers lies.</summary>
    /// <param name="share">From 0 to 1.</param>
    /// <returns>Null when nothing was added.</returns>
    public double? Quantile(double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        if (Count <= 0)
        {
            return null;
        }

        var rank = share * (Count - 1);
        double seen = _zeros;
        if (rank < seen)
        {
            return 0;
        }

        foreach (var (bucket, count) in _buckets)
        {
            seen += count;
            if (rank < seen)
            {
                return 2 * Math.Pow(Gamma, bucket) / (Gamma + 1);
            }
        }

        return _buckets.Count == 0 ? 0 : 2 * Math.Pow(Gamma, _buckets.Last().Key) / (Gamma + 1);
    }

    /// <summary>Writes the sketch: zeros, then for each bucket the distance from the one before and its count, as variable-length numbers.</summary>
    public byte[] ToBytes()
    {
        var writer = new ArrayBufferWriter<byte>(16 + (_buckets.Count * 3));
        WriteNumber(writer, _zeros);
        var previous = 0;
        foreach (var (bucket, count) in _buckets)
        {
            WriteNumber(writer, bucket - previous);
            WriteNumber(writer, count);
            previous = bucket;
        }

        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote; no bytes are an empty sketch.</summary>
    /// <exception cref="InvalidDataException">The bytes end within a number.</exception>
    public static QuantileSketch FromBytes(ReadOnlySpan<byte> bytes)
    {
        var sketch = new QuantileSketch();
        if (bytes.IsEmpty)
        {
            return sketch;
        }

        sketch._zeros = sketch.Count = ReadNumber(ref bytes);
        var bucket = 0;
        while (!bytes.IsEmpty)
        {
            bucket += (int)ReadNumber(ref bytes);
            var count = ReadNumber(ref bytes);
            sketch.Count += count;
            sketch.AddBucket(bucket, count);
        }

        return sketch;
    }

    private void AddBucket(int bucket, long times)
    {
        var count = _buckets.GetValueOrDefault(bucket) + times;
        if (count == 0)
        {
            _buckets.Remove(bucket);
        }
        else
        {
            _buckets[bucket] = count;
        }
    }

    // Zigzag first: distances and, between a removal and its addition, counts can be negative.
    private static void WriteNumber(ArrayBufferWriter<byte> writer, long number)
    {
        var value = (ulong)((number << 1) ^ (number >> 63));
        var span = writer.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[length++] = (byte)(value | 0x80);
        }

        span[length++] = (byte)value;
        writer.Advance(length);
    }

    private static long ReadNumber(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (int length = 0, shift = 0; length < bytes.Length && shift < 64; shift += 7)
        {
            var part = bytes[length++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                bytes = bytes[length..];
                return (long)(value >> 1) ^ -(long)(value & 1);
            }
        }

        throw new InvalidDataException("The bytes of a quantile sketch end within a number.");
    }
}
