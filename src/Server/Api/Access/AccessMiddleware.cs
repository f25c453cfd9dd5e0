using System.Security.Cryptography;
using System.Text;
using LangSmith.Protocol;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Domain;
using Microsoft.Net.Http.Headers;

namespace LangSmith.Server.Api.Access;

/// <summary>Decides whose workspace a request works in, or refuses it.</summary>
internal sealed class AccessMiddleware(RequestDelegate next, ApiOptions options)
{
    /// <summary>What needs no key: whole paths, or everything below one that ends with a slash.</summary>
    private static readonly string[] s_openOperations =
    [
        "/api/v1/info", "/api/v1/info/health", "/api/v1/ok", "/api/v1/runs/query/validate", "/api/v1/attachments/", "/api/v1/public/",
        "/api/v2/public/", "/api/v1/feedback/tokens/",
    ];

    private static readonly string[] s_openPages = ["/public/", "/assets/"];

    private readonly byte[]? _keyHash = options.ApiKey is { } key ? Hash(key) : null;

    public async Task InvokeAsync(HttpContext context)
    {
        if (_keyHash is null)
        {
            if (IsForgedByAnotherSite(context.Request) && !IsPublic(context))
            {
                await Problems.WriteAsync(context, StatusCodes.Status403Forbidden,
                    "A page of another site sent this request, and this server takes any key. Start it with --api-key to call it from other sites.");
                return;
            }

            context.SetWorkspace(WorkspaceId.Default);
        }
        else if (Key(context.Request) is { } given && CryptographicOperations.FixedTimeEquals(Hash(given), _keyHash))
        {
            context.SetWorkspace(WorkspaceId.Default);
        }
        else if (!IsPublic(context))
        {
            await RefuseAsync(context);
            return;
        }

        await next(context);
    }

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
    private static bool IsPublic(HttpContext context)
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

    // Hashes have one length, so that the comparison's time says nothing about the key.
    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
