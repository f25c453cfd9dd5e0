namespace LangSmith.Server.Web.Settings;

/// <summary>The feedback keys of a workspace.</summary>
/// <param name="Keys">By name.</param>
/// <param name="Problem">Why the last form was not taken; null when it was.</param>
public sealed record FeedbackKeysModel(IReadOnlyList<FeedbackKeyRow> Keys, string? Problem = null);
