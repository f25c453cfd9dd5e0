namespace LangSmith.Server.Web.Prompts;

/// <summary>A line of the list of prompts.</summary>
public sealed record PromptRow(string Name, string? Description, IReadOnlyList<string> Topics, int Commits, string? LatestHash, DateTimeOffset ChangedAt);
