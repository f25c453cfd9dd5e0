using LangSmith.Server.Domain;

namespace LangSmith.Server.Api.Access;

/// <summary>Who sends a request.</summary>
/// <param name="Workspace">The workspace that the request works in.</param>
/// <param name="IsAdministrator">Whether the server's own key was given, or the server takes any.</param>
/// <param name="IsReadOnly">Whether the key may only read.</param>
internal sealed record Caller(WorkspaceId Workspace, bool IsAdministrator, bool IsReadOnly);
