namespace LangSmith.Server.Web.Experiments;

/// <summary>What an experiment scored.</summary>
/// <param name="Key">What was judged.</param>
/// <param name="Value">The mean of the scores.</param>
/// <param name="Delta">The distance to the baseline; null for the baseline itself, and where it has no such score.</param>
/// <param name="Verdict">Whether that is good.</param>
public sealed record Score(string Key, double Value, double? Delta, Verdict Verdict);
