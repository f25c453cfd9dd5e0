using LangSmith.Server.Domain;
using LangSmith.Server.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LangSmith.Server.Web.Payloads;

/// <summary>Serves the files of runs to pages.</summary>
internal static class FileEndpoints
{
    private static readonly string[] s_pictures = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];

    public static bool IsPicture(string mimeType) => s_pictures.Contains(mimeType, StringComparer.OrdinalIgnoreCase);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/ui/r/{runId:guid}/files/{**name}", (HttpContext context, Guid runId, string name, IRunStore runs, IBlobStore blobs) =>
            SendAsync(context, context.Workspace(), runId, name, runs, blobs));

    public static async Task<IResult> SendAsync(
        HttpContext context, WorkspaceId workspace, Guid runId, string name, IRunStore runs, IBlobStore blobs)
    {
        var run = await runs.FindAsync(workspace, runId, RunPayload.None, context.RequestAborted);
        var file = run?.Attachments.FirstOrDefault(attachment => attachment.Name == name);
        if (file is null || await blobs.OpenAsync(file.Blob, context.RequestAborted) is not { } stream)
        {
            return Results.NotFound();
        }

        // A file from anywhere, shown under the server's own origin: it must not run there.
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; media-src 'self'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Stream(stream, file.MimeType, enableRangeProcessing: stream.CanSeek);
    }
}
