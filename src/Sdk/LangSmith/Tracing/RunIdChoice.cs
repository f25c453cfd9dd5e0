namespace LangSmith.Tracing;

/// <summary>The id that a run got.</summary>
/// <param name="Id">The id.</param>
/// <param name="Refused">What was given and not taken; null when nothing was.</param>
/// <param name="IsGiven">True when the caller chose the id.</param>
internal readonly record struct RunIdChoice(Guid Id, string? Refused, bool IsGiven);
