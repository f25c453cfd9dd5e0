using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace LangSmith;

/// <summary>Makes and reads UUIDs of version 7, the ids of runs.</summary>
/// <remarks>
/// Layout (RFC 9562): 48 bits Unix milliseconds · 4 bits version 7 · 12 bits sub-millisecond fraction (244 ns) ·
/// 2 bits variant · 62 random bits from the operating system's generator. Thread-safe; no method blocks.
/// </remarks>
public static class Uuid7
{
    /// <summary>The instant of the largest timestamp that fits: 2^48 - 1 ms, in the year 10889, is cut to .NET's last instant.</summary>
    private const long MillisecondsMax = 253_402_300_799_999;

    private static readonly Uuid7Sequence s_sequence = new();

    /// <summary>Makes an id that is greater than every id this method made before in this process.</summary>
    /// <returns>A UUIDv7 whose time is the current UTC time.</returns>
    /// <remarks>
    /// Ordered across threads, within a millisecond, and when the clock steps back; the first 64 bits are unique in the process,
    /// so they may serve as an OpenTelemetry span id. More than four million ids in a second run ahead of the clock.
    /// </remarks>
    public static Guid NewGuid() => s_sequence.Next(DateTime.UtcNow.Ticks);

    /// <summary>Makes an id as <see cref="NewGuid()"/> does, from a reading of the clock that the caller already has.</summary>
    /// <param name="utcNow">The current time; an earlier one than that of the last id yields the next id in order.</param>
    /// <returns>A UUIDv7 greater than every earlier one of this process.</returns>
    public static Guid NewGuid(DateTimeOffset utcNow) => s_sequence.Next(utcNow.UtcTicks);

    /// <summary>Makes an id that carries exactly the millisecond of <paramref name="time"/>.</summary>
    /// <param name="time">The instant to embed, from 1970 on; digits below a millisecond go into the sub-millisecond fraction.</param>
    /// <returns>A UUIDv7 with random low bits; ids of one instant are not ordered among themselves.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is before 1970.</exception>
    public static Guid FromTime(DateTimeOffset time)
    {
        ThrowIfBeforeEpoch(time);
        return Uuid7Sequence.Compose(Uuid7Sequence.ToStamp(time.UtcTicks), RandomBits.Next());
    }

    /// <summary>Makes the one id that belongs to a key at a time, so that a retried job finds its own run again.</summary>
    /// <param name="time">A time that belongs to the thing (an order's creation, say), not the current time; only its milliseconds count.</param>
    /// <param name="key">The key of the thing, such as an order number.</param>
    /// <param name="scope">Keeps equal keys of different systems apart; null and empty mean none.</param>
    /// <returns>The same UUIDv7 for the same arguments, in every process, now and in later versions.</returns>
    /// <remarks>
    /// Bits after the time are those of XXH3-128 over: the time in milliseconds (8 bytes, big-endian), the scope's length in UTF-8 bytes
    /// (likewise), the scope, the key.
    /// </remarks>
    /// <exception cref="ArgumentException"><paramref name="key"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is before 1970.</exception>
    public static Guid Deterministic(DateTimeOffset time, string key, string? scope = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ThrowIfBeforeEpoch(time);
        var milliseconds = time.ToUnixTimeMilliseconds();
        var hash = new XxHash128();
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, milliseconds);
        hash.Append(number);
        // The scope's length goes in first: ("a", "b:c") and ("a:b", "c") must not meet.
        var scopeBytes = Encoding.UTF8.GetBytes(scope ?? "");
        BinaryPrimitives.WriteInt64BigEndian(number, scopeBytes.Length);
        hash.Append(number);
        hash.Append(scopeBytes);
        hash.Append(Encoding.UTF8.GetBytes(key));
        return FromHash(milliseconds, hash);
    }

    /// <summary>Derives the id that a run has in a replica, byte for byte as the official SDKs do.</summary>
    /// <param name="original">The run's id; a UUIDv7, whose time the result keeps.</param>
    /// <param name="key">The replica's project name, or any other key.</param>
    /// <returns>The same UUIDv7 for the same arguments.</returns>
    /// <remarks>
    /// XXH3-128 over <c>id:key</c>; learnt from <c>uuid7_deterministic</c> (langsmith 0.11.1 for Python) and
    /// <c>computeRunIdForSecondaryReplica</c> (langsmith 0.12.0 for JavaScript), 2026-11. Those take a non-v7 original and mix in
    /// the current time, which makes the result a different one at each call; it is refused here.
    /// </remarks>
    /// <exception cref="ArgumentException"><paramref name="original"/> is no UUIDv7, or <paramref name="key"/> is null or empty.</exception>
    public static Guid Derive(Guid original, string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (!IsVersion7(original))
        {
            throw new ArgumentException(
                $"Only a UUIDv7 can be derived from, and '{original}' is version {VersionOf(original)}: its time would have to be made up, " +
                "and the result would differ at each call. Make ids with Uuid7.NewGuid() or Uuid7.Deterministic(...).",
                nameof(original));
        }

        var hash = new XxHash128();
        hash.Append(Encoding.UTF8.GetBytes($"{original:D}:{key}"));
        return FromHash(MillisecondsOf(original), hash);
    }

    /// <summary>Tells whether an id is a UUIDv7: version 7 <em>and</em> the RFC variant.</summary>
    public static bool IsVersion7(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return bytes[6] >> 4 == 7 && bytes[8] >> 6 == 2;
    }

    /// <summary>Reads the version number of a UUID, 0 to 15; the nil UUID has 0.</summary>
    public static int VersionOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return bytes[6] >> 4;
    }

    /// <summary>Reads the time that a UUIDv7 carries, to the millisecond.</summary>
    /// <param name="id">Any UUID.</param>
    /// <param name="timestamp">The embedded time in UTC, or the default when the result is false.</param>
    /// <returns>False when the id is no UUIDv7, or its time lies after the year 9999.</returns>
    public static bool TryGetTimestamp(Guid id, out DateTimeOffset timestamp)
    {
        var milliseconds = IsVersion7(id) ? MillisecondsOf(id) : long.MaxValue;
        timestamp = milliseconds <= MillisecondsMax ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : default;
        return milliseconds <= MillisecondsMax;
    }

    private static long MillisecondsOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16;
    }

    private static Guid FromHash(long milliseconds, XxHash128 hash)
    {
        Span<byte> digest = stackalloc byte[16];
        hash.GetCurrentHash(digest);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, milliseconds << 16);
        bytes[6] = (byte)(0x70 | (digest[0] & 0x0F));
        bytes[7] = digest[1];
        bytes[8] = (byte)(0x80 | (digest[2] & 0x3F));
        digest[3..10].CopyTo(bytes[9..]);
        return new Guid(bytes, bigEndian: true);
    }

    private static void ThrowIfBeforeEpoch(DateTimeOffset time)
    {
        if (time.UtcTicks < DateTime.UnixEpoch.Ticks)
        {
            throw new ArgumentOutOfRangeException(nameof(time), time, "A UUIDv7 cannot carry a time before 1970-01-01T00:00:00Z.");
        }
    }
}
