using LangSmith.Server.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LangSmith.Server.Web.Dashboards;

/// <summary>The page of figures over time.</summary>
internal static class DashboardEndpoints
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/p/{project}/dashboard", async (HttpContext context, string project, string? key, DashboardReading reading) =>
            !string.IsNullOrWhiteSpace(key) ? Results
                .Redirect(Links.Dashboard(Links.Decode(project)) + (DashboardAddress.Read(context.Request.Query) with { Group = "meta." + key.Trim() })) :
            await reading.ReadAsync(context.Workspace(), Links.Decode(project), DashboardAddress.Read(context.Request.Query),
                context.RequestAborted) is { } model
                ? context.Page<DashboardPage>(model)
                : (IResult)context.Page<MissingPage>($"There is no project named {Quoted.Of(project)}.", StatusCodes.Status404NotFound));
}
