using System.Buffers;
using System.Net;

namespace LangSmith.Export;

/// <summary>Bytes that grow in rented arrays, and the request contents made of them.</summary>
/// <remarks>
/// HttpClient may still read a body after a request was given up. The array therefore goes back to the pool only when the owner has let
/// go of it and no content is being written.
/// </remarks>
internal sealed class PooledBuffer : Stream, IBufferWriter<byte>
{
    private byte[] _bytes;
    private int _length;
    private int _holders = 1;

    public PooledBuffer(int capacity) => _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    public int Count => _length;

    public ReadOnlySpan<byte> WrittenSpan => _bytes.AsSpan(0, _length);

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, _length);

    public void Clear() => _length = 0;

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_length);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Reserve(buffer.Length);
        buffer.CopyTo(_bytes.AsSpan(_length));
        _length += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public HttpContent CreateContent() => new Content(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Release();
        }

        base.Dispose(disposing);
    }

    private bool TryHold()
    {
        int holders;
        do
        {
            holders = Volatile.Read(ref _holders);
            if (holders == 0)
            {
                return false;
            }
        }
        while (Interlocked.CompareExchange(ref _holders, holders + 1, holders) != holders);

        return true;
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            ArrayPool<byte>.Shared.Return(Interlocked.Exchange(ref _bytes, []));
        }
    }

    private void Reserve(int size)
    {
        var wanted = (long)_length + Math.Max(size, 1);
        if (wanted <= _bytes.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(wanted, _bytes.Length * 2L), Array.MaxLength));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }

    private sealed class Content(PooledBuffer buffer) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            ObjectDisposedException.ThrowIf(!buffer.TryHold(), buffer);
            try
            {
                await stream.WriteAsync(buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                buffer.Release();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = buffer._length;
            return true;
        }
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position { get => _length; set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
