using LangSmith;

namespace QuickStart;

/// <summary>Chooses among documents for a question; traced by its attribute.</summary>
internal sealed class Ranker(string question)
{
    [Traceable("rank", RunType = "tool")]
    public string Best(IReadOnlyList<string> documents) =>
        documents.OrderByDescending(document => document.Contains(question, StringComparison.Ordinal)).First();
}
