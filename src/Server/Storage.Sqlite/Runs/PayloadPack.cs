using System.Buffers;
using System.Buffers.Binary;
using LangSmith.Server.Domain;
using ZstdSharp;

namespace LangSmith.Server.Storage.Sqlite.Runs;

/// <summary>A write's payloads in one compressed piece: their lengths, then their bytes.</summary>
internal static class PayloadPack
{
    private const int Parts = 6;
    private const int HeaderLength = Parts * sizeof(int);
    private const int Level = 1;

    private static readonly RunWrite s_empty = new()
    {
        Workspace = default,
        RunId = default,
        Kind = RunWriteKind.Post,
        ContentHash = default,
        ReceivedAt = default,
    };

    [ThreadStatic]
    private static Compressor? s_compressor;

    [ThreadStatic]
    private static Decompressor? s_decompressor;

    /// <summary>Packs; null when the write has no payload at all.</summary>
    public static byte[]? Pack(RunWrite write)
    {
        ReadOnlySpan<ReadOnlyMemory<byte>> parts = [write.Inputs, write.Outputs, write.Extra, write.Events, write.Serialized, write.Unknown];
        var length = HeaderLength;
        foreach (var part in parts)
        {
            length = checked(length + part.Length);
        }

        if (length == HeaderLength)
        {
            return null;
        }

        var plain = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var at = HeaderLength;
            for (var index = 0; index < Parts; index++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(plain.AsSpan(index * sizeof(int)), parts[index].Length);
                parts[index].Span.CopyTo(plain.AsSpan(at));
                at += parts[index].Length;
            }

            return (s_compressor ??= new Compressor(Level)).Wrap(plain.AsSpan(0, length)).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
        }
    }

    /// <summary>Reads packed payloads; nothing else of the write is there.</summary>
    public static RunWrite Read(ReadOnlySpan<byte> packed) => Unpack(s_empty, packed);

    /// <summary>Puts packed payloads back into a write.</summary>
    public static RunWrite Unpack(RunWrite write, ReadOnlySpan<byte> packed)
    {
        if (packed.IsEmpty)
        {
            return write;
        }

        var plain = (s_decompressor ??= new Decompressor()).Unwrap(packed).ToArray();
        var at = HeaderLength;
        return write with
        {
            Inputs = Next(0),
            Outputs = Next(1),
            Extra = Next(2),
            Events = Next(3),
            Serialized = Next(4),
            Unknown = Next(5),
        };

        ReadOnlyMemory<byte> Next(int index)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(plain.AsSpan(index * sizeof(int)));
            var part = plain.AsMemory(at, length);
            at += length;
            return part;
        }
    }
}
