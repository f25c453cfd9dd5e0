namespace LangSmith.Server.Web.Shell;

/// <summary>A step of the way to a page.</summary>
/// <param name="Text">What it is called.</param>
/// <param name="Address">Where it leads; null for the page itself.</param>
public sealed record Crumb(string Text, string? Address = null);
