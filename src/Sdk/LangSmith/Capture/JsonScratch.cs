using System.Buffers;
using System.Text;
using System.Text.Json;
using LangSmith.Export;

namespace LangSmith.Capture;

/// <summary>A JSON writer and what it writes to, used again and again by one thread.</summary>
internal sealed class JsonScratch : IDisposable
{
    private const int KeptBytesMax = 256 * 1024;

    // A list, because a getter that traces by itself captures while another capture is under way.
    [ThreadStatic]
    private static JsonScratch? s_free;

    private readonly PooledBuffer _buffer = new(1024);
    private JsonScratch? _next;

    private JsonScratch() => Writer = new Utf8JsonWriter((IBufferWriter<byte>)_buffer, WriterOptions.Wire);

    public Utf8JsonWriter Writer { get; }

    public static JsonScratch Rent()
    {
        if (s_free is not { } free)
        {
            return new JsonScratch();
        }

        s_free = free._next;
        free._next = null;
        return free;
    }

    /// <summary>What was written, until the scratch is given back.</summary>
    public ReadOnlySpan<byte> Written
    {
        get
        {
            Writer.Flush();
            return _buffer.WrittenSpan;
        }
    }

    /// <summary>Takes a copy of what was written and gives the scratch back.</summary>
    public byte[] Take()
    {
        var json = Written.ToArray();
        Dispose();
        return json;
    }

    /// <summary>Takes what was written as an object, an other value under a key, and gives the scratch back.</summary>
    /// <param name="key">A key of this library's own: it is not escaped.</param>
    public byte[] TakeObject(string key)
    {
        var written = Written;
        if (written is [(byte)'{', ..])
        {
            return Take();
        }

        var json = new byte[written.Length + key.Length + 5];
        var rest = json.AsSpan();
        "{\""u8.CopyTo(rest);
        var keyLength = Encoding.UTF8.GetBytes(key, rest[2..]);
        rest = rest[(2 + keyLength)..];
        "\":"u8.CopyTo(rest);
        written.CopyTo(rest[2..]);
        json[^1] = (byte)'}';
        Dispose();
        return json;
    }

    /// <summary>Gives the scratch back to this thread.</summary>
    public void Dispose()
    {
        if (_buffer.Count > KeptBytesMax)
        {
            _buffer.Dispose();
            return;
        }

        _buffer.Clear();
        Writer.Reset();
        _next = s_free;
        s_free = this;
    }
}
