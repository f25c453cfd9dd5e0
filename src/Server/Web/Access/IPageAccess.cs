using Microsoft.AspNetCore.Http;

namespace LangSmith.Server.Web.Access;

/// <summary>Who may see the pages; the host's access check decides. Thread-safe.</summary>
public interface IPageAccess
{
    /// <summary>Whether a key is needed at all.</summary>
    bool NeedsKey { get; }

    /// <summary>Gives the browser a session when the key is known; false when it is not.</summary>
    Task<bool> SignInAsync(HttpContext context, string key);

    /// <summary>Ends the browser's session; one that has none is left as it is.</summary>
    void SignOut(HttpContext context);

    /// <summary>Remembers whose pages an administrator looks at.</summary>
    void ChooseWorkspace(HttpContext context, Guid workspace);

    /// <summary>Who looks at a page; throws for a request that was let in without a key.</summary>
    PageVisitor Visitor(HttpContext context);
}
