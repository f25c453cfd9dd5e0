using LangSmith.Server.Api.Json;

namespace LangSmith.Server.Api.Http;

/// <summary>The links of one request's answer.</summary>
internal static class RequestLinks
{
    /// <summary>The origin under which the client reached the server.</summary>
    public static Uri Origin(this HttpContext context) => new($"{context.Request.Scheme}://{context.Request.Host}");

    public static RunLinks Links(this HttpContext context) =>
        new(context.Origin(), context.RequestServices.GetRequiredService<AttachmentLinks>());
}
