using System.Text.Json.Nodes;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Api.Settings;

/// <summary>What is in a workspace, and who: this server knows keys, not people, so a workspace has one member.</summary>
internal static class WorkspaceOverviewEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/workspaces/current/members", ListMembers);
        api.MapGet("/workspaces/current/stats", CountAsync);
        api.MapGet("/me/ls_user_id", (HttpContext context) => JsonBody.Of(new JsonObject { ["ls_user_id"] = context.Workspace().Value.ToString() }));
        api.MapPost("/login", Login);
    }

    private static JsonBody ListMembers(HttpContext context)
    {
        var workspace = context.Workspace().Value.ToString();
        return JsonBody.Of(new JsonObject
        {
            ["tenant_id"] = workspace,
            ["members"] = new JsonArray(new JsonObject
            {
                ["id"] = workspace,
                ["organization_id"] = WorkspaceId.Default.Value.ToString(),
                ["tenant_id"] = workspace,
                ["created_at"] = WireWriting.Text(DateTimeOffset.UnixEpoch),
                ["user_id"] = workspace,
                ["ls_user_id"] = workspace,
                ["read_only"] = context.Caller().IsReadOnly,
                ["role_id"] = null,
                ["role_name"] = context.Caller().IsAdministrator ? "Admin" : "Editor",
                ["access_scope"] = "workspace",
                ["email"] = null,
                ["full_name"] = "Holder of an API key",
                ["linked_login_methods"] = new JsonArray(),
                ["is_disabled"] = false,
            }),
            ["pending"] = new JsonArray(),
        });
    }

    private static async Task<IResult> CountAsync(HttpContext context, ICatalogue catalogue)
    {
        var projects = await catalogue.ListProjectsAsync(
            new ProjectQuery { Workspace = context.Workspace(), Limit = int.MaxValue }, context.RequestAborted);
        return JsonBody.Of(new JsonObject
        {
            ["tenant_id"] = context.Workspace().Value.ToString(),
            ["dataset_count"] = await context.Shelf(DocumentKinds.Dataset).CountAsync(),
            ["tracer_session_count"] = projects.Count,
            ["repo_count"] = await context.Shelf(DocumentKinds.Prompt).CountAsync(),
            ["annotation_queue_count"] = await context.Shelf(DocumentKinds.Queue).CountAsync(),
            ["deployment_count"] = 0,
            ["dashboards_count"] = 0,
            ["evaluator_count"] = 0,
        });
    }

    /// <summary>Basic authentication has let the request in already; the token that stands for it from now on is the key itself.</summary>
    private static JsonBody Login(HttpContext context) =>
        AccessMiddleware.Key(context.Request) is { } key
            ? JsonBody.Of(new JsonObject { ["access_token"] = key })
            : throw new ProblemException(StatusCodes.Status401Unauthorized, "Send the API key as the password of Basic authentication.");
}
