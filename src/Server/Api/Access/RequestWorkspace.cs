using LangSmith.Server.Api.Http;
using LangSmith.Server.Domain;

namespace LangSmith.Server.Api.Access;

/// <summary>The workspace that a request works in.</summary>
public static class RequestWorkspace
{
    /// <summary>Paths whose POST only reads.</summary>
    private static readonly string[] s_readingPosts =
        ["/query", "/stats", "/group", "/runs/delta", "/experiment-runs", "/dashboard", "/validate", "/validate/bulk", "/login"];

    internal static void SetCaller(this HttpContext context, Caller caller)
    {
        var request = context.Request;
        var reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)
            || (HttpMethods.IsPost(request.Method) && s_readingPosts.Any(end => request.Path.Value!.EndsWith(end, StringComparison.OrdinalIgnoreCase)));
        if (caller.IsReadOnly && !reads)
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, "The API key may only read.");
        }

        context.Items[typeof(Caller)] = caller;
    }

    /// <summary>Returns who calls; an open operation has no caller and must not ask.</summary>
    internal static Caller Caller(this HttpContext context) =>
        context.Items[typeof(Caller)] as Caller ?? throw new ProblemException(StatusCodes.Status401Unauthorized, "This needs an API key.");

    /// <summary>Whether the caller has the server's own key, or the server takes any.</summary>
    public static bool IsAdministrator(this HttpContext context) => context.Caller().IsAdministrator;

    /// <summary>Whether the caller's key may only read.</summary>
    public static bool IsReadOnly(this HttpContext context) => context.Caller().IsReadOnly;

    /// <summary>Returns the workspace; an open operation has none and must not ask.</summary>
    public static WorkspaceId Workspace(this HttpContext context) => context.Caller().Workspace;
}
