using LangSmith.Server.Storage;
using LangSmith.Server.Web.Shell;
using LangSmith.Server.Web.Traces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LangSmith.Server.Web.Feedbacks;

/// <summary>Takes feedback that is given on a page.</summary>
internal static class FeedbackEndpoints
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/ui/r/{runId:guid}/feedback", async (HttpContext context, Guid runId, IRunStore runs, TraceReading reading, TimeProvider time) =>
        {
            if (!context.IsFromOwnPage())
            {
                return Results.StatusCode(StatusCodes.Status403Forbidden);
            }

            var workspace = context.Workspace();
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            if (FeedbackForm.Read(form, workspace, runId, time.GetUtcNow()) is { } feedback)
            {
                await runs.WriteAsync(new WriteBatch([], [feedback]), context.RequestAborted);
            }

            // Without scripts the browser sent the form itself and wants a page.
            return context.Request.Headers.ContainsKey("X-Fragment")
                ? context.Page<FeedbackPanel>(await reading.FeedbackAsync(workspace, runId, context.RequestAborted))
                : Results.Redirect(Links.Run(runId));
        });

    /// <summary>Browsers say where a request comes from: a page of another site must not act in the reader's name.</summary>
    public static bool IsFromOwnPage(this HttpContext context)
    {
        var site = context.Request.Headers["Sec-Fetch-Site"].ToString();
        var origin = context.Request.Headers.Origin.ToString();
        return site is "same-origin" || (site.Length == 0 && (origin.Length == 0 || origin == $"{context.Request.Scheme}://{context.Request.Host}"));
    }
}
