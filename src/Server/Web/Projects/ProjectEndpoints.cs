using LangSmith.Server.Storage;
using LangSmith.Server.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LangSmith.Server.Web.Projects;

/// <summary>The list of projects, and how to connect a program.</summary>
internal static class ProjectEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/", async (HttpContext context, string? find, ProjectsReading reading) =>
            context.Page<ProjectsPage>(await reading.ReadAsync(context.Workspace(), find ?? "", context.Origin(), context.RequestAborted)));
        app.MapGet("/o/{workspace}/projects/p/{project}", ForwardAsync);
        app.MapGet("/o/{workspace}/projects", (string workspace) => Results.Redirect("/"));
        app.MapGet("/o/{workspace}", (string workspace) => Results.Redirect("/"));
    }

    public static Uri Origin(this HttpContext context) => new($"{context.Request.Scheme}://{context.Request.Host}");

    private static async Task<IResult> ForwardAsync(HttpContext context, string project, ICatalogue catalogue) =>
        LangSmith.RunId.TryParse(context.Request.Query["peek"], out var run) ? Results.Redirect(Links.Run(run))
        : LangSmith.RunId.TryParse(project, out var id) && await catalogue.FindProjectAsync(context.Workspace(), id, context.RequestAborted) is { } found
            ? Results.Redirect(Links.Project(found.Name))
            : Results.Redirect($"/go?q={Uri.EscapeDataString(project)}");
}
