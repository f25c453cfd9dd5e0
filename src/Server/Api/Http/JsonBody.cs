using System.Text.Encodings.Web;
using System.Text.Json;

namespace LangSmith.Server.Api.Http;

/// <summary>An answer whose JSON is written straight to the response.</summary>
internal sealed class JsonBody(int status, Action<Utf8JsonWriter> write, string contentType = "application/json") : IResult
{
    // The answers are JSON under a JSON content type, never pasted into pages: texts stay readable.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static JsonBody Ok(Action<Utf8JsonWriter> write) => new(StatusCodes.Status200OK, write);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        await using (var writer = new Utf8JsonWriter(response.BodyWriter, s_options))
        {
            write(writer);
        }

        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }
}
