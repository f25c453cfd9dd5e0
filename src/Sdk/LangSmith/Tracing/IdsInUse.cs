using System.Runtime.InteropServices;

namespace LangSmith.Tracing;

/// <summary>Remembers which ids are in use, to notice one that is used twice at once. Lock-free, of a fixed size, nothing allocated per id.</summary>
/// <remarks>
/// Best effort: of thousands of ids in use at once some are not remembered, and a run that is never ended keeps a place. What is said of an id
/// is true but for a chance of 2⁻⁶⁰.
/// </remarks>
internal sealed class IdsInUse
{
    private const int Buckets = 512;

    /// <summary>Leaves as many of 64 bits as there are buckets.</summary>
    private const int BucketShift = 64 - 9;

    /// <summary>One line of the processor's cache.</summary>
    private const int BucketPlaces = 8;

    private long[]? _places;

    /// <summary>Notes an id; false when it is in use already.</summary>
    public bool TryAdd(Guid id)
    {
        var bucket = Find(id, out var mark);
        foreach (ref var place in bucket)
        {
            if (Volatile.Read(ref place) == mark)
            {
                return false;
            }
        }

        foreach (ref var place in bucket)
        {
            if (Volatile.Read(ref place) == 0)
            {
                Volatile.Write(ref place, mark);
                break;
            }
        }

        return true;
    }

    public void Remove(Guid id)
    {
        var bucket = Find(id, out var mark);
        foreach (ref var place in bucket)
        {
            if (Volatile.Read(ref place) == mark)
            {
                Volatile.Write(ref place, 0);
                return;
            }
        }
    }

    private Span<long> Find(Guid id, out long mark)
    {
        var places = Volatile.Read(ref _places) ?? Interlocked.CompareExchange(ref _places, new long[Buckets * BucketPlaces], null) ?? _places;
        Span<long> halves = stackalloc long[2];
        id.TryWriteBytes(MemoryMarshal.AsBytes(halves));
        // Multiplied, to spread ids that differ in few bits, as those of other versions may. Zero means free.
        mark = unchecked((halves[0] ^ halves[1]) * -7_046_029_254_386_353_131) | 1;
        return places.AsSpan((int)((ulong)mark >> BucketShift) * BucketPlaces, BucketPlaces);
    }
}
