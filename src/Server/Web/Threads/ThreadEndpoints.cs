using LangSmith.Server.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LangSmith.Server.Web.Threads;

/// <summary>The pages of conversations.</summary>
internal static class ThreadEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/p/{project}/threads", (HttpContext context, string project, int? page, ThreadsReading reading) =>
            ShowAsync(context, project, null, page, reading));
        app.MapGet("/p/{project}/threads/{thread}", ShowAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, string project, string? thread, int? page, ThreadsReading reading) =>
        await reading.ReadAsync(
            context.Workspace(), Links.Decode(project), thread is null
                ? null
                : Links.Decode(thread), Math.Clamp(page ?? 0, 0, 1_000), context.RequestAborted) is not { } model
            ? context.Page<MissingPage>($"There is no project named {Quoted.Of(project)}.", StatusCodes.Status404NotFound)
            : thread is not null && model.Turns.Count == 0
                ? context.Page<MissingPage>($"There is no thread {Quoted.Of(thread)} in {Quoted.Of(project)}.", StatusCodes.Status404NotFound)
                : context.Page<ThreadsPage>(model);
}
