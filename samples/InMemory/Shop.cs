using LangSmith;

namespace InMemory;

/// <summary>Traced code, to be tested.</summary>
internal static class Shop
{
    [Traceable("answer", Tags = ["support"])]
    public static string Answer(string question) => Search(question) > 0 ? "On its way." : "I do not know.";

    [Traceable("search", RunType = "retriever")]
    private static int Search(string text) => text.Length;
}
