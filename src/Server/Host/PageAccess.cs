using LangSmith.Server.Api.Access;
using LangSmith.Server.Web.Access;

namespace LangSmith.Server;

/// <summary>Tells the pages what the API's access check decided.</summary>
internal sealed class PageAccess(BrowserSessions sessions) : IPageAccess
{
    public bool NeedsKey => sessions.NeedsKey;

    public Task<bool> SignInAsync(HttpContext context, string key) => sessions.BeginAsync(context, key);

    public void SignOut(HttpContext context) => BrowserSessions.End(context);

    public void ChooseWorkspace(HttpContext context, Guid workspace) => BrowserSessions.Choose(context, workspace);

    public PageVisitor Visitor(HttpContext context) =>
        new(context.IsAdministrator(), context.IsReadOnly(), NeedsKey && BrowserSessions.HasSession(context));
}
