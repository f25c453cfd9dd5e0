using LangSmith.Server.Domain;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace LangSmith.Server.Web;

/// <summary>Answers with components rendered to HTML.</summary>
internal static class PageResults
{
    // Widths of bars are style attributes; everything else comes from files of ours.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self'; " +
        "font-src 'self'; connect-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'";

    /// <summary>The workspace that a request works in.</summary>
    public static WorkspaceId Workspace(this HttpContext context) => context.RequestServices.GetRequiredService<RequestWorkspaceReader>()(context);

    public static RazorComponentResult<T> Page<T>(this HttpContext context, object model, int status = StatusCodes.Status200OK)
        where T : IComponent
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return new RazorComponentResult<T>(new Dictionary<string, object?>(StringComparer.Ordinal) { ["Model"] = model })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };
    }
}
