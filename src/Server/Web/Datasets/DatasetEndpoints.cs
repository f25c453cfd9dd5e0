using LangSmith.Server.Web.Projects;
using LangSmith.Server.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LangSmith.Server.Web.Datasets;

/// <summary>The pages of datasets, and the addresses under which clients link to them.</summary>
internal static class DatasetEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/datasets", async (HttpContext context, string? find, DatasetsReading reading) =>
            context.Page<DatasetsPage>(await reading.ListAsync(context.Workspace(), find ?? "", context.Origin(), context.RequestAborted)));
        app.MapGet("/datasets/{id:guid}", (HttpContext context, Guid id, DatasetsReading reading) =>
            ShowAsync(context, id, DatasetAddress.Read(context.Request.Query), reading));
        app.MapGet("/o/{workspace}/datasets", () => Results.Redirect(Links.Datasets));
        app.MapGet("/o/{workspace}/datasets/{**rest}", (HttpContext context, string rest) =>
            Results.LocalRedirect($"{Links.Datasets}/{Uri.EscapeDataString(rest).Replace("%2F", "/", StringComparison.Ordinal)}{context.Request.QueryString}"));
        app.MapGet("/public/{token}/d", ShowSharedAsync);
        DatasetForms.Map(app);
        ExampleEndpoints.Map(app);
    }

    /// <summary>The page of a dataset, with what was wrong about the last form.</summary>
    public static async Task<IResult> ShowAsync(
        HttpContext context, Guid id, DatasetAddress address, DatasetsReading reading, string? problem = null) =>
        await reading.ReadAsync(context.Workspace(), id, address, context.Origin(), context.RequestAborted) is { } model
            ? context.Page<DatasetPage>(model with { Problem = problem }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            : Missing(context, id);

    private static async Task<IResult> ShowSharedAsync(HttpContext context, string token, DatasetsReading reading) =>
        await reading.SharedAsync(token, DatasetAddress.Read(context.Request.Query).Page, context.RequestAborted) is { } model
            ? context.Page<SharedDatasetPage>(model)
            : context.Page<MissingPage>("Nothing is shared under this link, or no longer.", StatusCodes.Status404NotFound);

    public static IResult Missing(HttpContext context, Guid id) =>
        context.Page<MissingPage>($"There is no dataset {id}, or not in this version.", StatusCodes.Status404NotFound);
}
