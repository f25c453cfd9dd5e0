namespace LangSmith.Server.Web.Prompts;

/// <summary>The list of prompts.</summary>
/// <param name="Find">What their names contain; empty for all.</param>
/// <param name="Rows">The prompts, last changed first.</param>
public sealed record PromptsModel(string Find, IReadOnlyList<PromptRow> Rows);
