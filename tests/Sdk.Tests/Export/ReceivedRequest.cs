using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using ZstdSharp;

namespace LangSmith.Sdk.Tests.Export;

/// <summary>A request as the peer read it, the body decompressed and taken apart by the framework's own readers.</summary>
internal sealed class ReceivedRequest
{
    public required string Method { get; init; }

    public required string Path { get; init; }

    public required string Query { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required byte[] Body { get; init; }

    public IReadOnlyList<ReceivedPart> Parts { get; private set; } = [];

    public JsonElement Json { get; private set; }

    /// <summary>What the peer answered; 0 when it cut the connection.</summary>
    public int Status { get; set; }

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The ids of runs named in the body, in order, repeated when they occur as creation and update.</summary>
    public IEnumerable<(string Kind, Guid Id)> Operations =>
        Path == "/runs/batch"
            ? new[] { "post", "patch" }.SelectMany(kind =>
                Json.GetProperty(kind).EnumerateArray().Select(run => (kind, run.GetProperty("id").GetGuid())))
            : Path == "/feedback"
                ? [("feedback", Json.GetProperty("id").GetGuid())]
                : Parts.Select(part => part.Name.Split('.')).Where(name => name.Length == 2).Select(name => (name[0], Guid.Parse(name[1])));

    public static async Task<ReceivedRequest> ReadAsync(HttpRequest request)
    {
        using var raw = new MemoryStream();
        await request.Body.CopyToAsync(raw);
        var received = new ReceivedRequest
        {
            Method = request.Method,
            Path = request.Path,
            Query = request.QueryString.Value ?? "",
            Headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Body = raw.ToArray(),
        };
        raw.Position = 0;
        Stream body = request.Headers.ContentEncoding.ToString() switch
        {
            "zstd" => new DecompressionStream(raw),
            "gzip" => new GZipStream(raw, CompressionMode.Decompress),
            _ => raw,
        };
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType == "multipart/form-data")
        {
            received.Parts = await ReadPartsAsync(new MultipartReader(HeaderUtilities.RemoveQuotes(type.Boundary).ToString(), body));
        }
        else if (raw.Length > 0)
        {
            received.Json = (await JsonDocument.ParseAsync(body)).RootElement;
        }

        return received;
    }

    private static async Task<IReadOnlyList<ReceivedPart>> ReadPartsAsync(MultipartReader reader)
    {
        var parts = new List<ReceivedPart>();
        while (await reader.ReadNextSectionAsync() is { } section)
        {
            using var content = new MemoryStream();
            await section.Body.CopyToAsync(content);
            var name = ContentDispositionHeaderValue.Parse(section.ContentDisposition!).Name.ToString().Trim('"');
            var declared = section.Headers!.TryGetValue("Content-Length", out var length) ? long.Parse(length.ToString(), CultureInfo.InvariantCulture) : -1;
            parts.Add(new ReceivedPart(name, section.ContentType!, declared, content.ToArray()));
        }

        return parts;
    }
}

/// <summary>One part of a multipart body.</summary>
internal sealed record ReceivedPart(string Name, string ContentType, long DeclaredLength, byte[] Content)
{
    public JsonElement Json => JsonDocument.Parse(Content).RootElement;
}
