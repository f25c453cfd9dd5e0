using System.Text.Json.Nodes;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Api.Settings;

/// <summary>What is in a workspace.</summary>
internal static class WorkspaceOverviewEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/workspaces/current/stats", CountAsync);
        api.MapGet("/me/ls_user_id", (HttpContext context) => JsonBody.Of(context.Workspace().Value.ToString()));
        api.MapPost("/login", Login);
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
