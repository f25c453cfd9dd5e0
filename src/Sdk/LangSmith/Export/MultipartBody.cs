using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LangSmith.Protocol;

namespace LangSmith.Export;

/// <summary>Writes the body of <c>POST /runs/multipart</c> (RFC 7578) part by part.</summary>
/// <remarks>
/// Part names and order as langsmith 0.11.1 for Python writes them (2026-11): a run's main part, then inputs, outputs, events, extra,
/// error, attachments. Every part states its length, so that a reader can allot and check.
/// </remarks>
internal sealed class MultipartBody : IDisposable
{
    // Small pieces are gathered: each call into a compressor costs more than copying a kilobyte.
    private const int GatherBytes = 64 * 1024;

    private readonly Stream _destination;
    private readonly PooledBuffer _gathered = new(GatherBytes * 2);
    private readonly PooledBuffer _json = new(4096);
    private readonly Utf8JsonWriter _writer;
    private readonly byte[] _partStart;
    private readonly byte[] _id = new byte[36];

    public MultipartBody(Stream destination)
    {
        _destination = destination;
        _writer = new Utf8JsonWriter((IBufferWriter<byte>)_json, WriterOptions.Wire);
        // Random, so that no attachment can be made to contain it.
        Boundary = RandomNumberGenerator.GetHexString(32, lowercase: true);
        _partStart = Encoding.ASCII.GetBytes($"--{Boundary}\r\nContent-Disposition: form-data; name=\"");
    }

    public string Boundary { get; }

    public void Write(RunOperation run)
    {
        var kind = run.IsCreate ? "post."u8 : "patch."u8;
        Utf8Formatter.TryFormat(run.RunId, _id, out _);
        _json.Clear();
        _writer.Reset();
        RunJson.WriteMain(_writer, run);
        _writer.Flush();
        WriteJson(kind, default, _json.WrittenSpan);
        WriteField(kind, ".inputs"u8, run.Inputs);
        WriteField(kind, ".outputs"u8, run.Outputs);
        WriteField(kind, ".events"u8, run.Events);
        WriteField(kind, ".extra"u8, run.Extra);
        if (run.Error is not null)
        {
            _json.Clear();
            _writer.Reset();
            _writer.WriteStringValue(run.Error);
            _writer.Flush();
            WriteJson(kind, ".error"u8, _json.WrittenSpan);
        }

        foreach (var attachment in run.Attachments ?? [])
        {
            var name = new MultipartPart(MultipartPartKind.Attachment, run.RunId.ToString("D"), attachment.Name).ToString();
            WriteHeader(Encoding.UTF8.GetBytes(Quotable(name)), default, default, MediaType(attachment.MimeType), attachment.Content.Length);
            WriteContent(attachment.Content.Span);
        }
    }

    public void Write(FeedbackOperation feedback)
    {
        Utf8Formatter.TryFormat(feedback.FeedbackId, _id, out _);
        WriteJson("feedback."u8, default, feedback.Body.Span);
    }

    public void Complete()
    {
        Append("--"u8);
        Append(Encoding.ASCII.GetBytes(Boundary));
        Append("--\r\n"u8);
        Drain();
    }

    public void Dispose()
    {
        _writer.Dispose();
        _json.Dispose();
        _gathered.Dispose();
    }

    private void WriteField(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> field, ReadOnlyMemory<byte> json)
    {
        if (!json.IsEmpty)
        {
            WriteJson(kind, field, json.Span);
        }
    }

    private void WriteJson(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> field, ReadOnlySpan<byte> json)
    {
        WriteHeader(kind, _id, field, "application/json"u8, json.Length);
        WriteContent(json);
    }

    private void WriteHeader(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> id, ReadOnlySpan<byte> field, ReadOnlySpan<byte> mediaType, int length)
    {
        Append(_partStart);
        Append(kind);
        Append(id);
        Append(field);
        Append("\"\r\nContent-Type: "u8);
        Append(mediaType);
        Append("\r\nContent-Length: "u8);
        Utf8Formatter.TryFormat(length, _gathered.GetSpan(16), out var digits);
        _gathered.Advance(digits);
        Append("\r\n\r\n"u8);
    }

    private void WriteContent(ReadOnlySpan<byte> content)
    {
        if (content.Length > GatherBytes)
        {
            Drain();
            _destination.Write(content);
        }
        else
        {
            Append(content);
        }

        Append("\r\n"u8);
        if (_gathered.Count > GatherBytes)
        {
            Drain();
        }
    }

    private void Append(ReadOnlySpan<byte> bytes) => _gathered.Write(bytes);

    private void Drain()
    {
        _destination.Write(_gathered.WrittenSpan);
        _gathered.Clear();
    }

    /// <summary>A name as it may stand in a quoted parameter: as browsers escape it (WHATWG HTML, multipart/form-data).</summary>
    private static string Quotable(string name) =>
        name.Replace("\"", "%22", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    /// <summary>A media type that cannot break out of its header line.</summary>
    private static byte[] MediaType(string mediaType) =>
        mediaType.Length > 0 && mediaType.All(character => character is >= ' ' and < (char)0x7F)
            ? Encoding.ASCII.GetBytes(mediaType)
            : "application/octet-stream"u8.ToArray();
}
