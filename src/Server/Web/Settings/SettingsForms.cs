using System.Globalization;
using System.Text.Json.Nodes;
using LangSmith.Server.Curation.Documents;
using LangSmith.Server.Curation.Keys;
using LangSmith.Server.Curation.Settings;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage;
using LangSmith.Server.Web.Access;
using LangSmith.Server.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LangSmith.Server.Web.Settings;

/// <summary>Makes and revokes keys, makes and opens workspaces.</summary>
internal static class SettingsForms
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var forms = app.MapForms("/ui/settings");
        forms.MapPost("/keys/new", CreateKeyAsync);
        forms.MapPost("/keys/{id:guid}/revoke", async (HttpContext context, Guid id) =>
        {
            await context.Shelf(DocumentKinds.ApiKey).DeleteAsync(id);
            return Results.Redirect("/settings/keys");
        });
        forms.MapPost("/workspaces/new", CreateWorkspaceAsync);
        forms.MapPost("/workspaces/{id:guid}/open", (HttpContext context, Guid id, IPageAccess access) =>
        {
            // Whoever is no administrator stays where their key belongs, whatever the cookie says.
            access.ChooseWorkspace(context, id);
            return Results.Redirect("/");
        });
    }

    private static async Task<IResult> CreateKeyAsync(HttpContext context, SettingsReading reading, IPageAccess access, TimeProvider time)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        DateTimeOffset? ends = int.TryParse(form.Text("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= 3_650
            ? time.GetUtcNow().AddDays(days)
            : null;
        var (key, _) = await ApiKeys.CreateAsync(
            context.Shelf(DocumentKinds.ApiKey), form.Text("description") ?? "", form["read_only"] == "yes", ends);
        // No redirect: the key exists in this answer alone.
        return await SettingsEndpoints.KeysAsync(context, reading, access, key);
    }

    private static async Task<IResult> CreateWorkspaceAsync(
        HttpContext context, SettingsReading reading, IPageAccess access, ICatalogue catalogue, TimeProvider time)
    {
        if (!access.Visitor(context).IsAdministrator)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var name = form.Text("name");
        if (name is not null && await context.Shelf(DocumentKinds.Workspace, WorkspaceId.Default).CreateAsync(
            new JsonObject { ["display_name"] = name, ["tenant_handle"] = null }, name: name) is (var workspace, true))
        {
            await DefaultProject.EnsureAsync(catalogue, new WorkspaceId(workspace.Id), time, context.RequestAborted);
            return Results.Redirect("/settings/workspaces");
        }

        return await SettingsEndpoints.WorkspacesAsync(
            context, reading, access, name is null ? "Give the workspace a name." : $"There is a workspace named {Quoted.Of(name)} already.");
    }
}
