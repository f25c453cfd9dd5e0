namespace LangSmith.Server.Web.Settings;

/// <summary>The workspaces that the visitor may look at.</summary>
/// <param name="Rows">Id and name; the default one first.</param>
/// <param name="Current">The one whose pages are shown.</param>
/// <param name="IsAdministrator">Whether the visitor may make and choose workspaces.</param>
/// <param name="Problem">Why the last form was not taken; null when it was.</param>
public sealed record WorkspacesModel(IReadOnlyList<(Guid Id, string Name)> Rows, Guid Current, bool IsAdministrator, string? Problem = null);
