namespace LangSmith.Server.Web.Queues;

/// <summary>An answer that can be chosen.</summary>
/// <param name="Label">What it is called; it becomes the feedback's value.</param>
/// <param name="Score">The feedback's score; null when it has none.</param>
/// <param name="Description">What is meant; null when nobody said.</param>
public sealed record RubricChoice(string Label, double? Score, string? Description);
