using System.Buffers;

namespace LangSmith.Server.Domain.Statistics;

/// <summary>Counts non-negative numbers in buckets whose width grows with the number, so that any quantile is right within 1 %.</summary>
/// <remarks>
/// A bucket holds the numbers from gamma^(i-1) to gamma^i and answers with their midpoint in ratio; merging adds counts, so hours add up to
/// days without a loss. Numbers below a billionth count as zero, those above 10^18 as 10^18. Not thread-safe.
/// </remarks>
public sealed class QuantileSketch
{
    /// <summary>The largest relative error of a quantile.</summary>
    public const double RelativeError = 0.01;

    private const double Smallest = 1e-9;
    private const double Largest = 1e18;
    private const int BucketMax = 2_500;
    private const double Gamma = (1 + RelativeError) / (1 - RelativeError);

    private static readonly double s_logGamma = Math.Log(Gamma);

    // Counts of the buckets from _first on; between the smallest and the largest number lie few.
    private long[] _counts = [];
    private int _first;
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

        AddBucket((int)Math.Ceiling(Math.Log(Math.Min(value, Largest)) / s_logGamma), times);
    }

    /// <summary>Takes a number out that was added before: a run whose latency changed leaves its old bucket.</summary>
    public void Remove(double value) => Add(value, -1);

    /// <summary>Adds all that another sketch counted.</summary>
    public void Merge(QuantileSketch other)
    {
        Count += other.Count;
        _zeros += other._zeros;
        for (var index = 0; index < other._counts.Length; index++)
        {
            AddBucket(other._first + index, other._counts[index]);
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

        var last = 0d;
        for (var index = 0; index < _counts.Length; index++)
        {
            if (_counts[index] != 0)
            {
                seen += _counts[index];
                last = 2 * Math.Pow(Gamma, _first + index) / (Gamma + 1);
                if (rank < seen)
                {
                    break;
                }
            }
        }

        return last;
    }

    /// <summary>Writes the sketch: zeros, then for each bucket the distance from the one before and its count, as variable-length numbers.</summary>
    public byte[] ToBytes()
    {
        var writer = new ArrayBufferWriter<byte>(16 + (_counts.Length * 2));
        WriteNumber(writer, _zeros);
        var previous = 0;
        for (var index = 0; index < _counts.Length; index++)
        {
            if (_counts[index] != 0)
            {
                WriteNumber(writer, _first + index - previous);
                WriteNumber(writer, _counts[index]);
                previous = _first + index;
            }
        }

        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote; no bytes are an empty sketch.</summary>
    /// <exception cref="InvalidDataException">The bytes end within a number.</exception>
    public static QuantileSketch FromBytes(ReadOnlySpan<byte> bytes)
    {
        var sketch = new QuantileSketch();
        sketch.MergeBytes(bytes);
        return sketch;
    }

    /// <summary>Adds all that a sketch counted that <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes end within a number.</exception>
    public void MergeBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        var zeros = ReadNumber(ref bytes);
        _zeros += zeros;
        Count += zeros;
        var bucket = 0L;
        while (!bytes.IsEmpty)
        {
            bucket += ReadNumber(ref bytes);
            var count = ReadNumber(ref bytes);
            if (Math.Abs(bucket) > BucketMax)
            {
                throw new InvalidDataException("The bytes are of no quantile sketch.");
            }

            Count += count;
            AddBucket((int)bucket, count);
        }
    }

    private void AddBucket(int bucket, long times)
    {
        if (bucket < _first || bucket >= _first + _counts.Length)
        {
            Grow(bucket);
        }

        _counts[bucket - _first] += times;
    }

    private void Grow(int bucket)
    {
        const int Room = 32;
        var (first, end) = _counts.Length == 0
            ? (bucket - Room, bucket + Room)
            : (Math.Min(_first, bucket - Room), Math.Max(_first + _counts.Length, bucket + Room));
        var counts = new long[end - first];
        _counts.CopyTo(counts, _counts.Length == 0 ? 0 : _first - first);
        (_counts, _first) = (counts, first);
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
