using LangSmith.Server.Api.Http;
using LangSmith.Server.Domain;

namespace LangSmith.Server.Api.Access;

/// <summary>The workspace that a request works in.</summary>
public static class RequestWorkspace
{
    internal static void SetWorkspace(this HttpContext context, WorkspaceId workspace) => context.Items[typeof(WorkspaceId)] = workspace;

    /// <summary>Returns the workspace; a public request has none and must not ask.</summary>
    public static WorkspaceId Workspace(this HttpContext context) =>
        context.Items[typeof(WorkspaceId)] is WorkspaceId workspace
            ? workspace
            : throw new ProblemException(StatusCodes.Status401Unauthorized, "This needs an API key.");
}
