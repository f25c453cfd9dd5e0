using System.Text;
using LangSmith.Protocol;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Curation.Keys;
using Microsoft.Net.Http.Headers;

namespace LangSmith.Server.Api.Access;

/// <summary>Decides whose workspace a request works in, or refuses it.</summary>
internal sealed class AccessMiddleware(RequestDelegate next, KeyRing keys, BrowserSessions sessions)
{
    /// <summary>What needs no key: whole paths, or everything below one that ends with a slash.</summary>
    private static readonly string[] s_openOperations =
    [
        "/api/v1/info", "/api/v1/info/health", "/api/v1/ok", "/api/v1/runs/query/validate", "/api/v1/attachments/", "/api/v1/public/",
        "/api/v2/public/", "/api/v1/feedback/tokens/",
    ];

    private static readonly string[] s_openPages = ["/public/", "/ui/public/", "/assets/"];

    private const string SignInPage = "/login";

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.Value is SignInPage or "/logout")
        {
            // Here nobody is known yet, or no more.
            await next(context);
            return;
        }

        var hash = Key(context.Request) is { } key ? ApiKeyText.Hash(key) : null;
        // A browser sends its cookie by itself, also when the page of another site asks it to; a key is always sent on purpose.
        var bySession = hash is null && !keys.IsOpen;
        if (await keys.FindAsync(context, hash ?? sessions.KeyHash(context)) is { } caller)
        {
            context.SetCaller(caller);
        }
        else if (!IsOpen(context))
        {
            await RefuseAsync(context);
            return;
        }

        if (!IsOpen(context) && (bySession ? !IsOwn(context.Request) : keys.IsOpen && IsForgedByAnotherSite(context.Request)))
        {
            await Problems.WriteAsync(context, StatusCodes.Status403Forbidden, bySession
                ? "A page of another site sent this request. Send the API key in the header x-api-key instead of the cookie."
                : "A page of another site sent this request, and this server takes any key. Start it with --api-key to call it from other sites.");
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

        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Redirect($"{SignInPage}?to={Uri.EscapeDataString(request.Path + request.QueryString)}");
            return Task.CompletedTask;
        }

        // For programs: any user name does, the password is the key. A script of ours must not make the browser ask.
        if (request.Headers["Sec-Fetch-Mode"].Count == 0)
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"LangSmith: the API key is the password\", charset=\"UTF-8\"";
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return context.Response.WriteAsync("Sign in at /login, or give the server's API key as the password.");
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

    private static bool IsOwn(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return true;
        }

        var site = request.Headers["Sec-Fetch-Site"].ToString();
        return site == "same-origin" || (site.Length == 0 && request.Headers.Origin == $"{request.Scheme}://{request.Host}");
    }

    /// <summary>The key that a request carries in any of the ways that clients know; null when it has none.</summary>
    public static string? Key(HttpRequest request)
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
