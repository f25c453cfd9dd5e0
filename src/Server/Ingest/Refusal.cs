namespace LangSmith.Server.Ingest;

/// <summary>One thing of a body that was not stored, while the rest was.</summary>
/// <param name="Where">The part's name, or the place in the body such as <c>post[3]</c>.</param>
/// <param name="Reason">The value and the remedy, in a sentence; never a payload.</param>
/// <param name="LimitExceeded">True when a limit was the reason, which is 413 rather than 422.</param>
public sealed record Refusal(string Where, string Reason, bool LimitExceeded = false);
