namespace LangSmith.Server.Web.Runs;

/// <summary>A word that the filter bar offers.</summary>
/// <param name="Text">The word; one that ends with a colon goes on.</param>
/// <param name="Note">What it is, or how many runs have it.</param>
internal sealed record Suggestion(string Text, string Note);
