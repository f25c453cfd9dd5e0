using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json;
using ZstdSharp;

namespace LangSmith.Export;

/// <summary>A batch as bytes, made once and sent as often as it takes.</summary>
internal sealed class RequestBody : IDisposable
{
    private static readonly ConcurrentBag<Compressor> s_compressors = [];

    private readonly PooledBuffer _bytes;
    private readonly MediaTypeHeaderValue _mediaType;
    private readonly BodyEncoding _encoding;

    private RequestBody(string path, PooledBuffer bytes, string mediaType, BodyEncoding encoding)
    {
        Path = path;
        _bytes = bytes;
        _mediaType = MediaTypeHeaderValue.Parse(mediaType);
        _encoding = encoding;
    }

    public string Path { get; }

    public int Count => _bytes.Count;

    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    public string MediaType => _mediaType.ToString();

    /// <summary>A body that was kept in a file.</summary>
    public static RequestBody Of(SpilledBody spilled) =>
        new(spilled.Path, Encode(BodyEncoding.Plain, stream => stream.Write(spilled.Bytes.Span)), spilled.MediaType, BodyEncoding.Plain);

    public static RequestBody Multipart(IEnumerable<BatchItem> items, BodyEncoding encoding)
    {
        var boundary = "";
        var bytes = Encode(encoding, stream =>
        {
            using var body = new MultipartBody(stream);
            boundary = body.Boundary;
            foreach (var item in items)
            {
                if (item.Operation is { } run)
                {
                    body.Write(run);
                }
                else
                {
                    body.Write(item.Feedback!);
                }
            }

            body.Complete();
        });
        return new RequestBody("/runs/multipart", bytes, $"multipart/form-data; boundary={boundary}", encoding);
    }

    /// <summary>A JSON batch; never compressed, as servers that lack parts are older than compression.</summary>
    public static RequestBody JsonBatch(IEnumerable<BatchItem> items)
    {
        var bytes = Encode(BodyEncoding.Plain, stream =>
        {
            using var writer = new Utf8JsonWriter(stream, WriterOptions.Wire);
            writer.WriteStartObject();
            WriteRuns(writer, "post"u8, items.Where(item => item.Operation is { IsCreate: true }));
            WriteRuns(writer, "patch"u8, items.Where(item => item.Operation is { IsCreate: false }));
            writer.WriteEndObject();
        });
        return new RequestBody("/runs/batch", bytes, "application/json", BodyEncoding.Plain);
    }

    public static RequestBody Feedback(FeedbackOperation feedback) =>
        new("/feedback", Encode(BodyEncoding.Plain, stream => stream.Write(feedback.Body.Span)), "application/json", BodyEncoding.Plain);

    public HttpContent CreateContent()
    {
        var content = _bytes.CreateContent();
        content.Headers.ContentType = _mediaType;
        if (_encoding != BodyEncoding.Plain)
        {
            content.Headers.ContentEncoding.Add(_encoding == BodyEncoding.Zstd ? "zstd" : "gzip");
        }

        return content;
    }

    public void Dispose() => _bytes.Dispose();

    private static PooledBuffer Encode(BodyEncoding encoding, Action<Stream> write)
    {
        var bytes = new PooledBuffer(64 * 1024);
        try
        {
            switch (encoding)
            {
                case BodyEncoding.Zstd:
                    EncodeZstd(bytes, write);
                    break;
                case BodyEncoding.Gzip:
                    using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
                    {
                        write(gzip);
                    }

                    break;
                default:
                    write(bytes);
                    break;
            }

            return bytes;
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    private static void WriteRuns(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IEnumerable<BatchItem> items)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            RunJson.WriteWhole(writer, item.Operation!);
        }

        writer.WriteEndArray();
    }

    private static void EncodeZstd(PooledBuffer bytes, Action<Stream> write)
    {
        // A compressor holds about a megabyte of tables: kept for the next batch, unless this one broke in the middle of a frame.
        if (!s_compressors.TryTake(out var compressor))
        {
            compressor = new Compressor(level: 1);
        }

        try
        {
            using (var zstd = new CompressionStream(bytes, compressor, preserveCompressor: true, leaveOpen: true))
            {
                write(zstd);
            }

            s_compressors.Add(compressor);
        }
        catch
        {
            compressor.Dispose();
            throw;
        }
    }
}
