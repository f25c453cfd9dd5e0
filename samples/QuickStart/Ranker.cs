using LangSmith;

namespace QuickStart;

/// <summary>Chooses among documents; traced by its attribute.</summary>
internal sealed class Ranker
{
    [Traceable("rank", RunType = "tool")]
    public string Best(IReadOnlyList<string> documents) => documents.OrderByDescending(document => document.Length).First();
}
