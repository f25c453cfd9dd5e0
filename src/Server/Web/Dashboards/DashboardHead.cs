namespace LangSmith.Server.Web.Dashboards;

/// <summary>The figure above a chart, over the whole time.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Note">What it is, or what belongs to it; empty when the title says it.</param>
/// <param name="Change">How it differs from the time before; null when nothing is known of that.</param>
public sealed record DashboardHead(string Value, string Note = "", DashboardChange? Change = null);
