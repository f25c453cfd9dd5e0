namespace LangSmith.Server.Web.Access;

/// <summary>Who looks at a page.</summary>
/// <param name="IsAdministrator">Whether every workspace is theirs.</param>
/// <param name="IsReadOnly">Whether they may only look.</param>
/// <param name="HasSession">Whether there is a session that they can end.</param>
public sealed record PageVisitor(bool IsAdministrator, bool IsReadOnly, bool HasSession);
