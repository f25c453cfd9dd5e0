using Google.Protobuf;
using LangSmith.Protocol;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Runs;
using LangSmith.Server.Ingest;

namespace LangSmith.Server.Api.Otlp;

/// <summary>OpenTelemetry's way in: <c>ExportTraceServiceRequest</c> in protobuf or JSON.</summary>
internal static class OtlpEndpoints
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/otel/v1/traces", TakeAsync).RequireRateLimiting(IngestEndpoints.RateLimiterPolicy);

    private static async Task<IResult> TakeAsync(HttpContext context, Ingestion ingestion, IngestLimits limits)
    {
        var type = context.Request.ContentType ?? RpcStatus.ProtobufType;
        var isJson = type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase);
        var protobuf = context.Request.ContentType is null ? RpcStatus.ProtobufType : RpcStatus.TypeOf(context.Request);
        if (!isJson && protobuf is null)
        {
            throw new ProblemException(
                StatusCodes.Status415UnsupportedMediaType, $"The content type is '{type}'; this takes {RpcStatus.ProtobufType} or application/json.");
        }

        var body = await RequestBodies.ReadAsync(context.Request, limits.BodyBytesMax, nameof(limits.BodyBytesMax), context.RequestAborted);
        var project = context.Request.Headers[WireHeaders.Project].ToString();
        var result = await ingestion.TakeSpansAsync(
            IngestEndpoints.Sender(context), isJson, project.Length > 0 ? project : null, body, context.RequestAborted);
        return isJson ? Json(result) : Results.Bytes(Protobuf(result), protobuf);
    }

    // A partial success tells what was refused and is not sent again; nothing refused is an empty message.
    private static JsonBody Json(IngestResult result) => JsonBody.Ok(writer =>
    {
        writer.WriteStartObject();
        if (result.Refusals.Count > 0)
        {
            writer.WriteStartObject("partialSuccess");
            writer.WriteString("rejectedSpans", result.Refusals.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
            writer.WriteString("errorMessage", Explain(result));
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    });

    private static byte[] Protobuf(IngestResult result)
    {
        if (result.Refusals.Count == 0)
        {
            return [];
        }

        using var partial = new MemoryStream();
        using (var writer = new CodedOutputStream(partial, leaveOpen: true))
        {
            writer.WriteTag(1, WireFormat.WireType.Varint);
            writer.WriteInt64(result.Refusals.Count);
            writer.WriteTag(2, WireFormat.WireType.LengthDelimited);
            writer.WriteString(Explain(result));
        }

        using var response = new MemoryStream();
        using (var writer = new CodedOutputStream(response, leaveOpen: true))
        {
            writer.WriteTag(1, WireFormat.WireType.LengthDelimited);
            writer.WriteBytes(ByteString.CopyFrom(partial.ToArray()));
        }

        return response.ToArray();
    }

    private static string Explain(IngestResult result) => $"{result.Refusals[0].Where}: {result.Refusals[0].Reason}";
}
