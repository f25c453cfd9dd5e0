using Google.Protobuf;

namespace LangSmith.Server.Api.Http;

/// <summary>Errors for who speaks protobuf, OTLP's exporters: a <c>google.rpc.Status</c>, of which the specification of OTLP/HTTP has the fields.</summary>
internal static class RpcStatus
{
    public const string ProtobufType = "application/x-protobuf";

    /// <summary>As it is registered since; some exporters write it.</summary>
    public const string NewProtobufType = "application/protobuf";

    /// <summary>The kind of protobuf that a request is in; null when it is in something else.</summary>
    public static string? TypeOf(HttpRequest request) => request.ContentType switch
    {
        { } type when type.StartsWith(ProtobufType, StringComparison.OrdinalIgnoreCase) => ProtobufType,
        { } type when type.StartsWith(NewProtobufType, StringComparison.OrdinalIgnoreCase) => NewProtobufType,
        _ => null,
    };

    public static Task WriteAsync(HttpContext context, string type, int status, string detail)
    {
        context.Response.StatusCode = status;
        return Results.Bytes(Encode(status, detail), type).ExecuteAsync(context);
    }

    private static byte[] Encode(int status, string detail)
    {
        using var message = new MemoryStream();
        using (var writer = new CodedOutputStream(message, leaveOpen: true))
        {
            writer.WriteTag(1, WireFormat.WireType.Varint);
            writer.WriteInt32(Code(status));
            writer.WriteTag(2, WireFormat.WireType.LengthDelimited);
            writer.WriteString(detail);
        }

        return message.ToArray();
    }

    /// <summary>The numbers of <c>google.rpc.Code</c>.</summary>
    private static int Code(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => 16,
        StatusCodes.Status403Forbidden => 7,
        StatusCodes.Status404NotFound => 5,
        StatusCodes.Status413PayloadTooLarge or StatusCodes.Status429TooManyRequests => 8,
        StatusCodes.Status503ServiceUnavailable => 14,
        >= StatusCodes.Status500InternalServerError => 13,
        _ => 3,
    };
}
