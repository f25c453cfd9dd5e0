using LangSmith.Server.Web.Access;
using LangSmith.Server.Web.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LangSmith.Server.Web.Settings;

/// <summary>The pages of settings.</summary>
internal static class SettingsEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/settings", (HttpContext context) => context.Page<ConnectPage>(context.Origin()));
        app.MapGet("/o/{workspace}/settings/{**rest}", () => Results.Redirect(Shell.Links.Settings));
        app.MapGet("/settings/keys", (HttpContext context, SettingsReading reading, IPageAccess access) => KeysAsync(context, reading, access, null));
        app.MapGet("/settings/retention", async (HttpContext context, SettingsReading reading) =>
            context.Page<RetentionPage>(await reading.RetentionAsync(context.Workspace(), context.RequestAborted)));
        app.MapGet("/settings/prices", async (HttpContext context, SettingsReading reading) =>
            context.Page<PricesPage>(await reading.PricesAsync(context.Workspace(), context.RequestAborted)));
        app.MapGet("/settings/feedback", async (HttpContext context, SettingsReading reading) =>
            context.Page<FeedbackKeysPage>(await reading.FeedbackAsync(context.Workspace(), context.RequestAborted)));
        app.MapGet("/settings/workspaces", (HttpContext context, SettingsReading reading, IPageAccess access) =>
            WorkspacesAsync(context, reading, access, null));
        SettingsForms.Map(app);
        RuleForms.Map(app);
    }

    /// <summary>The page of keys, with one that was just made.</summary>
    public static async Task<IResult> KeysAsync(HttpContext context, SettingsReading reading, IPageAccess access, string? made) =>
        context.Page<KeysPage>(new KeysModel(await reading.KeysAsync(context.Workspace(), context.RequestAborted), made, !access.NeedsKey));

    public static async Task<IResult> WorkspacesAsync(HttpContext context, SettingsReading reading, IPageAccess access, string? problem)
    {
        var model = await reading.WorkspacesAsync(context.Workspace(), access.Visitor(context).IsAdministrator, context.RequestAborted);
        return context.Page<WorkspacesPage>(
            model with { Problem = problem }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
