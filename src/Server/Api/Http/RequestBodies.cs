using System.Text.Json;
using LangSmith.Server.Ingest;
using LangSmith.Server.Ingest.Json;

namespace LangSmith.Server.Api.Http;

/// <summary>Reads bodies into memory, within limits.</summary>
internal static class RequestBodies
{
    /// <summary>Reads the whole body, already decoded.</summary>
    public static async Task<byte[]> ReadAsync(HttpRequest request, long bytesMax, string limitName, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream((int)Math.Clamp(request.ContentLength ?? 0, 256, 1024 * 1024));
        var chunk = System.Buffers.ArrayPool<byte>.Shared.Rent(32 * 1024);
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0)
            {
                if (buffer.Length + read > bytesMax)
                {
                    throw new BodyLimitException($"The body is larger than the limit {limitName} of {bytesMax:N0} bytes.");
                }

                buffer.Write(chunk, 0, read);
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(chunk);
        }

        return buffer.ToArray();
    }

    /// <summary>Reads a JSON object, whatever the content type says; an empty body is an empty object.</summary>
    public static async Task<JsonDocument> ReadObjectAsync(HttpContext context)
    {
        var document = await ReadJsonAsync(context);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        document.Dispose();
        throw ProblemException.Invalid("The body is a JSON object.");
    }

    /// <summary>Reads any JSON, whatever the content type says; an empty body is an empty object.</summary>
    public static async Task<JsonDocument> ReadJsonAsync(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<ApiOptions>();
        var bytes = await ReadAsync(context.Request, options.JsonBytesMax, nameof(options.JsonBytesMax), context.RequestAborted);
        if (LenientJson.IsNullOrEmpty(bytes))
        {
            return JsonDocument.Parse("{}");
        }

        return LenientJson.TryParse(bytes, context.RequestServices.GetRequiredService<IngestLimits>().JsonDepthMax)
            ?? throw ProblemException.BadRequest("The body is no JSON.");
    }
}
