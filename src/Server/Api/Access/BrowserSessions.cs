using System.Globalization;
using System.Security.Cryptography;
using LangSmith.Server.Curation.Keys;
using Microsoft.AspNetCore.DataProtection;

namespace LangSmith.Server.Api.Access;

/// <summary>Lets people's browsers in: the key is given once, then a cookie stands for it.</summary>
/// <remarks>
/// The cookie holds, encrypted and signed, the hash of the key and when the session ends; never the key. A session ends with its key: one
/// that was revoked, or replaced by another, opens nothing from the next request on. Thread-safe.
/// </remarks>
public sealed class BrowserSessions
{
    internal const string WorkspaceCookie = "langsmith_workspace";

    private const string SessionCookie = "langsmith_session";

    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(30);

    private readonly KeyRing _keys;
    private readonly TimeProvider _time;
    private readonly IDataProtector _protector;

    internal BrowserSessions(KeyRing keys, IDataProtectionProvider protection, TimeProvider time) =>
        (_keys, _time, _protector) = (keys, time, protection.CreateProtector("LangSmith.Server.BrowserSessions"));

    /// <summary>Whether a browser needs a session at all.</summary>
    public bool NeedsKey => !_keys.IsOpen;

    /// <summary>Begins a session when the key is known; false when it is not.</summary>
    public async Task<bool> BeginAsync(HttpContext context, string key)
    {
        var hash = ApiKeyText.Hash(key);
        if (await _keys.FindAsync(context, hash) is null)
        {
            return false;
        }

        var ends = (_time.GetUtcNow() + s_lifetime).ToUnixTimeSeconds();
        var token = _protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{ends}.{hash}"));
        context.Response.Cookies.Append(SessionCookie, token, Options(context, s_lifetime));
        return true;
    }

    /// <summary>Ends the session of a browser.</summary>
    public static void End(HttpContext context)
    {
        context.Response.Cookies.Delete(SessionCookie, Options(context, null));
        context.Response.Cookies.Delete(WorkspaceCookie, Options(context, null));
    }

    /// <summary>Remembers the workspace whose pages an administrator looks at.</summary>
    public static void Choose(HttpContext context, Guid workspace) =>
        context.Response.Cookies.Append(WorkspaceCookie, workspace.ToString(), Options(context, s_lifetime));

    /// <summary>Whether the request carries a session, valid or not.</summary>
    public static bool HasSession(HttpContext context) => context.Request.Cookies.ContainsKey(SessionCookie);

    /// <summary>The hash of the key that a session stands for; null when there is none, or it has ended.</summary>
    internal string? KeyHash(HttpContext context)
    {
        if (context.Request.Cookies[SessionCookie] is not { Length: > 0 } token)
        {
            return null;
        }

        try
        {
            var parts = _protector.Unprotect(token).Split('.');
            return parts is [var ends, var hash] && long.Parse(ends, CultureInfo.InvariantCulture) > _time.GetUtcNow().ToUnixTimeSeconds() ? hash : null;
        }
        catch (CryptographicException)
        {
            // Made up, cut, or signed with keys that are gone.
            return null;
        }
    }

    // Lax: a link from a mail or a terminal finds the session, a form of another site does not.
    private static CookieOptions Options(HttpContext context, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = "/",
        MaxAge = lifetime,
        IsEssential = true,
    };
}
