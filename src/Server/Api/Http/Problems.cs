using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace LangSmith.Server.Api.Http;

/// <summary>Writes problem bodies: RFC 9457's fields, and the texts once more where older clients look for them.</summary>
internal static class Problems
{
    public static IResult Of(int status, string detail, Action<Utf8JsonWriter>? more = null) => new JsonBody(
        status,
        writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("type", "about:blank");
            writer.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
            writer.WriteNumber("status", status);
            writer.WriteString("detail", detail);
            writer.WriteString("error", detail);
            more?.Invoke(writer);
            writer.WriteEndObject();
        },
        "application/problem+json");

    /// <summary>Answers with a problem, in the encoding of the request.</summary>
    public static Task WriteAsync(HttpContext context, int status, string detail)
    {
        if (status == StatusCodes.Status409Conflict)
        {
            context.Response.Headers["x-should-retry"] = "false";
        }

        return RpcStatus.TypeOf(context.Request) is { } type
            ? RpcStatus.WriteAsync(context, type, status, detail)
            : Of(status, detail).ExecuteAsync(context);
    }
}
