using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Server.Tests.Replay;

/// <summary>One request of a recording, and how to send it again byte for byte as far as it was recorded.</summary>
internal sealed class RecordedRequest(JsonElement request)
{
    private readonly ILookup<string, string> _headers = request.GetProperty("headers").EnumerateArray()
        .ToLookup(h => h[0].GetString()!, h => h[1].GetString()!, StringComparer.OrdinalIgnoreCase);

    public string Method { get; } = request.GetProperty("method").GetString()!;

    public string Path { get; } = request.GetProperty("path").GetString()!;

    private JsonElement Body { get; } = request.GetProperty("body");

    public bool IsMultipart => Body.GetProperty("kind").GetString() == "multipart";

    public bool TakesRuns => Path.EndsWith("/runs/multipart", StringComparison.Ordinal) || Path.EndsWith("/runs/batch", StringComparison.Ordinal)
        || (Path.EndsWith("/runs", StringComparison.Ordinal) && Method == "POST") || (Path.Contains("/runs/", StringComparison.Ordinal) && Method == "PATCH");

    public bool TakesFeedback => Path.EndsWith("/feedback", StringComparison.Ordinal) && Method == "POST";

    public JsonElement Json => Body.GetProperty("json");

    public IReadOnlyList<RecordedPart> Parts => IsMultipart ? [.. Body.GetProperty("parts").EnumerateArray().Select(p => new RecordedPart(p))] : [];

    public bool NamesAWorkspace => _headers["x-tenant-id"].Any();

    public async Task<HttpResponseMessage> SendAsync(HttpClient http, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(new HttpMethod(Method), new Uri(Path, UriKind.Relative));
        foreach (var name in (string[])["x-api-key", "user-agent", "x-tenant-id"])
        {
            message.Headers.TryAddWithoutValidation(name, _headers[name]);
        }

        var encoding = _headers["content-encoding"].FirstOrDefault();
        message.Content = new ByteArrayContent(Encode(IsMultipart ? Multipart() : JsonBytes(), encoding));
        message.Content.Headers.TryAddWithoutValidation("Content-Type", _headers["content-type"].FirstOrDefault() ?? "application/json");
        if (encoding is not null)
        {
            message.Content.Headers.ContentEncoding.Add(encoding);
        }

        return await http.SendAsync(message, cancellation);
    }

    private byte[] JsonBytes() => Encoding.UTF8.GetBytes(Body.GetProperty("json").GetRawText());

    private byte[] Multipart()
    {
        var boundary = Body.GetProperty("boundary").GetString();
        using var body = new MemoryStream();
        foreach (var part in Parts)
        {
            Write($"--{boundary}\r\n{string.Concat(part.Headers.Select(h => $"{h.Name}: {h.Value}\r\n"))}\r\n");
            body.Write(part.Bytes);
            Write("\r\n");
        }

        Write($"--{boundary}--\r\n");
        return body.ToArray();

        void Write(string text) => body.Write(Encoding.UTF8.GetBytes(text));
    }

    private static byte[] Encode(byte[] bytes, string? encoding)
    {
        using var encoded = new MemoryStream();
        switch (encoding)
        {
            case "gzip":
                using (var gzip = new GZipStream(encoded, CompressionLevel.Fastest, leaveOpen: true))
                {
                    gzip.Write(bytes);
                }

                return encoded.ToArray();
            case "zstd":
                using (var zstd = new ZstdSharp.CompressionStream(encoded, leaveOpen: true))
                {
                    zstd.Write(bytes);
                }

                return encoded.ToArray();
            case null:
                return bytes;
            default:
                throw new InvalidOperationException($"A recording has the unknown encoding {encoding}.");
        }
    }
}
