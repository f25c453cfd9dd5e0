using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore;

namespace LangSmith.Server.Api.Pages;

/// <summary>The addresses that clients print for people. Richer pages at the same address come first.</summary>
internal static class PageEndpoints
{
    /// <summary>Behind every page that another part maps.</summary>
    private const int Last = 1_000;

    private const int TreeMax = 1_000;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/r/{runId}", ShowAsync).WithOrder(Last);
        app.MapGet("/o/{workspace}/projects/p/{project}/r/{runId}", ShowAsync).WithOrder(Last);
        app.MapGet("/o/{workspace}/r/{runId}", ShowAsync).WithOrder(Last);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, string runId, RunReading reading)
    {
        var id = RequestValues.ParseId("run_id", runId);
        var workspace = context.Workspace();
        var run = await reading.FindAsync(workspace, id, RunPayload.All, context.RequestAborted) ?? throw ProblemException.NotFound("Run", id);
        var trace = await reading.TracesAsync(workspace, [run.Record.TraceId], TreeMax, context.RequestAborted);
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        return Results.Content(PlainRunPage.Render(run, trace), "text/html; charset=utf-8");
    }
}
