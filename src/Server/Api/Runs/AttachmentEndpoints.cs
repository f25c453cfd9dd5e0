using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Api.Runs;

/// <summary>Attachments, fetched without a key by links that are signed and limited in time.</summary>
internal static class AttachmentEndpoints
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/attachments/{signed}", async (HttpContext context, string signed, AttachmentLinks links, IBlobStore blobs) =>
        {
            var attachment = links.Open(signed)
                ?? throw new ProblemException(StatusCodes.Status404NotFound, "This link is wrong or too old. Read the run again for a fresh one.");
            var stream = await blobs.OpenAsync(attachment.Blob, context.RequestAborted)
                ?? throw new ProblemException(StatusCodes.Status404NotFound, "The attachment was deleted.");
            // A file from anywhere, shown under the server's own origin: it must not run there.
            context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; media-src 'self'";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return Results.Stream(stream, attachment.MimeType, enableRangeProcessing: stream.CanSeek);
        }).RequireCors(LangSmithApi.PublicCors);
}
