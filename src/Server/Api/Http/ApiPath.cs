using System.Collections.Frozen;

namespace LangSmith.Server.Api.Http;

/// <summary>Brings the many paths under which clients reach one operation to one form.</summary>
/// <remarks>
/// Clients put <c>/</c>, <c>/api</c>, <c>/v1</c> or <c>/api/v1</c> before an operation, some twice. The canonical form is
/// <c>/api/v1/…</c>, <c>/api/v1/platform/…</c>, <c>/api/v2/…</c> and <c>/api/v1/otel/v1/traces</c>.
/// </remarks>
internal static class ApiPath
{
    /// <summary>First segments of operations that clients call without any prefix.</summary>
    private static readonly FrozenSet<string> s_bareRoots = FrozenSet.ToFrozenSet(
        [
            "annotation-queues", "api-key", "attachments", "auth", "charts", "comments", "commits", "datasets", "events", "examples", "experiments",
            "feedback", "feedback-configs", "fleet", "info", "likes", "me", "metrics", "model-price-map", "ok", "orgs", "otel", "platform",
            "playground-settings", "prompts", "prompt-webhooks", "public", "repos", "runs", "sessions", "settings", "service-accounts", "tags",
            "tenants", "ttl-settings", "usage-limits", "v2", "workspaces", "bulk-exports", "insights", "issues", "online-evaluators", "sandboxes",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the canonical path; null when the path is no operation but a page.</summary>
    /// <param name="path">The path as requested.</param>
    /// <param name="wantsPage">True for a GET that asks for HTML: a path without prefix then is a page.</param>
    public static string? Canonical(string path, bool wantsPage)
    {
        var rest = path.AsSpan().Trim('/');
        var prefixed = false;
        while (StripSegment(ref rest, "api") || StripSegment(ref rest, "v1"))
        {
            prefixed = true;
        }

        var slash = rest.IndexOf('/');
        var root = (slash < 0 ? rest : rest[..slash]).ToString();
        if (!prefixed && (wantsPage || !s_bareRoots.Contains(root)) && !root.Equals("v2", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (root.Equals("otel", StringComparison.OrdinalIgnoreCase))
        {
            return "/api/v1/otel/v1/traces";
        }

        return root.Equals("v2", StringComparison.OrdinalIgnoreCase) ? $"/api/{rest}" : $"/api/v1/{rest}";
    }

    private static bool StripSegment(ref ReadOnlySpan<char> path, string segment)
    {
        if (!path.StartsWith(segment, StringComparison.OrdinalIgnoreCase) || (path.Length > segment.Length && path[segment.Length] != '/'))
        {
            return false;
        }

        path = path[segment.Length..].TrimStart('/');
        return true;
    }
}
