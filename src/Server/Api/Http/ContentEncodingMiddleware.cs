using Microsoft.Net.Http.Headers;

namespace LangSmith.Server.Api.Http;

/// <summary>Refuses encodings that the server cannot decode, before a handler takes the encoded bytes for the body.</summary>
internal sealed class ContentEncodingMiddleware(RequestDelegate next)
{
    private static readonly string[] s_known = ["gzip", "br", "deflate", "zstd"];

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        var encoding = headers.ContentEncoding.ToString();
        if (encoding.Length == 0 || s_known.Contains(encoding, StringComparer.OrdinalIgnoreCase))
        {
            return next(context);
        }

        if (encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            headers.Remove(HeaderNames.ContentEncoding);
            return next(context);
        }

        return Problems.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType,
            $"The Content-Encoding '{encoding}' is unknown. Use one of {string.Join(", ", s_known)}, or none.");
    }
}
