using System.Buffers.Binary;

namespace LangSmith;

/// <summary>A strictly increasing series of UUIDv7; one instance is one order.</summary>
internal sealed class Uuid7Sequence
{
    private const long TicksPerMillisecond = TimeSpan.TicksPerMillisecond;

    // The last 60-bit stamp given out: milliseconds << 12 | fraction.
    private long _last;

    /// <summary>The next id for a reading of the clock, greater than all before it even when the clock stepped back.</summary>
    public Guid Next(long utcTicks)
    {
        var now = ToStamp(utcTicks);
        long last, next;
        do
        {
            last = Volatile.Read(ref _last);
            next = Math.Max(now, last + 1);
        }
        while (Interlocked.CompareExchange(ref _last, next, last) != last);

        return Compose(next, RandomBits.Next());
    }

    /// <summary>60 bits of time: milliseconds since 1970 and 4096ths of one.</summary>
    public static long ToStamp(long utcTicks)
    {
        var sinceEpoch = utcTicks - DateTime.UnixEpoch.Ticks;
        var milliseconds = sinceEpoch / TicksPerMillisecond;
        var fraction = (sinceEpoch - (milliseconds * TicksPerMillisecond)) * 4096 / TicksPerMillisecond;
        return (milliseconds << 12) | fraction;
    }

    public static Guid Compose(long stamp, ulong random)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)(stamp >> 12) << 16) | 0x7000UL | ((ulong)stamp & 0xFFF));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], 0x8000_0000_0000_0000UL | (random & 0x3FFF_FFFF_FFFF_FFFFUL));
        return new Guid(bytes, bigEndian: true);
    }
}
