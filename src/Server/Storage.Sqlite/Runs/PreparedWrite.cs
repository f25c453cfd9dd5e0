using LangSmith.Server.Domain;
using LangSmith.Server.Domain.Digest;

namespace LangSmith.Server.Storage.Sqlite.Runs;

/// <summary>A write with everything that can be made before it is the writer's turn: digest, head, compressed payloads.</summary>
internal sealed record PreparedWrite(RunWrite Write, PayloadDigest Digest, byte[] Head, byte[]? Payload, string? PayloadBlob)
{
    public long Bytes => Head.Length + (Payload?.Length ?? 0) + 512;

    public static async Task<PreparedWrite> PrepareAsync(RunWrite write, IBlobStore blobs, int inlineBytesMax, CancellationToken cancellationToken)
    {
        var digest = PayloadDigest.Of(write);
        var payload = PayloadPack.Pack(write);
        string? blob = null;
        if (payload?.Length > inlineBytesMax)
        {
            using var content = new MemoryStream(payload, writable: false);
            (blob, _) = await blobs.PutAsync(content, payload.Length, cancellationToken).ConfigureAwait(false);
            payload = null;
        }

        var bare = write with { Inputs = default, Outputs = default, Extra = default, Events = default, Serialized = default, Unknown = default };
        return new PreparedWrite(bare, digest, WriteHead.Write(write, digest), payload, blob);
    }

    public byte[] HashBytes()
    {
        var bytes = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, Write.ContentHash);
        return bytes;
    }
}
