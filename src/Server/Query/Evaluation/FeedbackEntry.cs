namespace LangSmith.Server.Query.Evaluation;

/// <summary>One feedback as filters see it.</summary>
/// <param name="Key">The key.</param>
/// <param name="Score">The score, true as 1 and false as 0; null when it is none of these.</param>
/// <param name="Value">The value: a string as it is, anything else as JSON writes it.</param>
/// <param name="Comment">The comment.</param>
/// <param name="Source">The type of the source, in lower case.</param>
public sealed record FeedbackEntry(string Key, double? Score, string? Value, string? Comment, string Source);
