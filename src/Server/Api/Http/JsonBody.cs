using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LangSmith.Server.Api.Http;

/// <summary>An answer whose JSON is written straight to the response.</summary>
internal sealed class JsonBody(int status, Action<Utf8JsonWriter> write, string contentType = "application/json") : IResult
{
    // The answers are JSON under a JSON content type, never pasted into pages: texts stay readable.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static JsonBody Ok(Action<Utf8JsonWriter> write) => new(StatusCodes.Status200OK, write);

    /// <summary>An answer of ready JSON; null writes <c>null</c>.</summary>
    public static JsonBody Of(JsonNode? json, int status = StatusCodes.Status200OK) => new(status, writer =>
    {
        if (json is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            json.WriteTo(writer);
        }
    });

    /// <summary>An answer that is an array of ready JSON.</summary>
    public static JsonBody List(IEnumerable<JsonNode> items) => Of(new JsonArray([.. items]));

    /// <summary>An answer that only says what was done.</summary>
    public static JsonBody Message(string message, int status = StatusCodes.Status200OK) => Of(new JsonObject { ["message"] = message }, status);

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
