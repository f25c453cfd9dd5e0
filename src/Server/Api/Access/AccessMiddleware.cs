using System.Security.Cryptography;
using System.Text;
using LangSmith.Protocol;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Documents;
using Microsoft.Net.Http.Headers;

namespace LangSmith.Server.Api.Access;

/// <summary>Decides whose workspace a request works in, or refuses it.</summary>
internal sealed class AccessMiddleware(RequestDelegate next, ApiOptions options, IDocumentStore documents)
{
    /// <summary>What needs no key: whole paths, or everything below one that ends with a slash.</summary>
    private static readonly string[] s_openOperations =
    [
        "/api/v1/info", "/api/v1/info/health", "/api/v1/ok", "/api/v1/runs/query/validate", "/api/v1/attachments/", "/api/v1/public/",
        "/api/v2/public/", "/api/v1/feedback/tokens/",
    ];

    private static readonly string[] s_openPages = ["/public/", "/assets/"];

    private readonly byte[]? _keyHash = options.ApiKey is { } key ? SHA256.HashData(Encoding.UTF8.GetBytes(key)) : null;

    public async Task InvokeAsync(HttpContext context)
    {
        if (await IdentifyAsync(context) is { } caller)
        {
            context.SetCaller(caller);
        }
        else if (!IsOpen(context))
        {
            await RefuseAsync(context);
            return;
        }

        if (_keyHash is null && IsForgedByAnotherSite(context.Request) && !IsOpen(context))
        {
            await Problems.WriteAsync(context, StatusCodes.Status403Forbidden,
                "A page of another site sent this request, and this server takes any key. Start it with --api-key to call it from other sites.");
            return;
        }

        await next(context);
    }

    /// <summary>Who calls; null when nobody known.</summary>
    private async Task<Caller?> IdentifyAsync(HttpContext context)
    {
        var key = Key(context.Request);
        if (_keyHash is null || (key is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(key)), _keyHash)))
        {
            return new Caller(await ChosenWorkspaceAsync(context), IsAdministrator: true, IsReadOnly: false);
        }

        // Looked up by hash: what lies in the database opens nothing, and the time that it takes says nothing about a key.
        if (key is null || await documents.FindAnywhereAsync(DocumentKinds.ApiKey, ApiKeyText.Hash(key), context.RequestAborted) is not { } known)
        {
            return null;
        }

        var chosen = context.Request.Headers[WireHeaders.TenantId].ToString();
        if (RunId.TryParse(chosen, out var tenant) && tenant != known.Workspace.Value)
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, $"The API key belongs to another workspace than '{tenant}'.");
        }

        return new Caller(known.Workspace, IsAdministrator: false, IsReadOnly: (bool?)Shelf.Json(known)["read_only"] == true);
    }

    /// <summary>The workspace that the header names when there is one, else the default: clients send ids that they made up.</summary>
    private async Task<WorkspaceId> ChosenWorkspaceAsync(HttpContext context) =>
        RunId.TryParse(context.Request.Headers[WireHeaders.TenantId].ToString(), out var tenant) && tenant != WorkspaceId.Default.Value
        && await documents.FindAsync(WorkspaceId.Default, DocumentKinds.Workspace, tenant, context.RequestAborted) is not null
            ? new WorkspaceId(tenant)
            : WorkspaceId.Default;

    private static Task RefuseAsync(HttpContext context)
    {
        if (ApiPathMiddleware.IsApi(context))
        {
            return Problems.WriteAsync(context, StatusCodes.Status401Unauthorized,
                "The API key is missing or unknown. Send the server's key in the header x-api-key (LANGSMITH_API_KEY of the SDKs).");
        }

        // The browser asks; any user name does, the password is the key.
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"LangSmith: the API key is the password\", charset=\"UTF-8\"";
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return context.Response.WriteAsync("Give the server's API key as the password.");
    }

    /// <summary>Operations that clients call without a key; what they show is guarded by a token in the path.</summary>
    private static bool IsOpen(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        var open = ApiPathMiddleware.IsApi(context) ? s_openOperations : s_openPages;
        return open.Any(prefix => path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            && (prefix.EndsWith('/') || path.Length == prefix.Length));
    }

    // Browsers say where a request comes from; anything else cannot be tricked into sending one.
    private static bool IsForgedByAnotherSite(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
        && request.Headers["Sec-Fetch-Site"] == "cross-site";

    private static string? Key(HttpRequest request)
    {
        foreach (var name in (string[])[WireHeaders.ApiKey, "x-service-key"])
        {
            if ((string?)request.Headers[name] is { Length: > 0 } key && key != "undefined")
            {
                return key;
            }
        }

        var authorization = request.Headers[HeaderNames.Authorization].ToString();
        if (authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return authorization["Bearer ".Length..].Trim();
        }

        return authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) ? Password(authorization["Basic ".Length..]) : null;
    }

    private static string? Password(string base64)
    {
        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64.Trim(), bytes, out var length))
        {
            return null;
        }

        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : pair[(colon + 1)..];
    }
}
