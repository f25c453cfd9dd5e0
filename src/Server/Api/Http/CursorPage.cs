using System.Buffers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LangSmith.Server.Api.Http;

/// <summary>A page of the second version: as one body, or as the stream of one event for those who ask for a stream.</summary>
/// <remarks>
/// The events of a stream are patches of the page (RFC 6902); this server has the page at once, so that one patch makes it whole. Learnt from
/// <c>core/query-streaming</c> of the JavaScript client 0.12.
/// </remarks>
internal sealed class CursorPage(Action<Utf8JsonWriter> write) : IResult
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public Task ExecuteAsync(HttpContext httpContext) =>
        httpContext.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase)
            ? TypedResults.ServerSentEvents(EventsAsync()).ExecuteAsync(httpContext)
            : JsonBody.Ok(write).ExecuteAsync(httpContext);

    private async IAsyncEnumerable<SseItem<string>> EventsAsync()
    {
        var buffer = new ArrayBufferWriter<byte>();
        await using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            writer.WriteStartArray();
            writer.WriteStartObject();
            writer.WriteString("op", "add");
            writer.WriteString("path", "");
            writer.WritePropertyName("value");
            write(writer);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        yield return new SseItem<string>(Encoding.UTF8.GetString(buffer.WrittenSpan), "data");
        yield return new SseItem<string>("", "end");
    }
}
