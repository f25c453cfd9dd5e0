namespace LangSmith.Server.Web.Queues;

/// <summary>What reviewers are asked about a run.</summary>
/// <param name="Key">The feedback that the answer becomes.</param>
/// <param name="Description">What is meant; null when nobody said.</param>
/// <param name="Kind">How it is answered.</param>
/// <param name="Choices">What can be chosen; empty for numbers and texts.</param>
/// <param name="Minimum">The least number; null for no bound.</param>
/// <param name="Maximum">The greatest number; null for no bound.</param>
/// <param name="IsRequired">Whether the review is not done without it.</param>
public sealed record RubricItem(
    string Key, string? Description, RubricKind Kind, IReadOnlyList<RubricChoice> Choices, double? Minimum, double? Maximum, bool IsRequired);
