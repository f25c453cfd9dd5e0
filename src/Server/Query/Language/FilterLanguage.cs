namespace LangSmith.Server.Query.Language;

/// <summary>LangSmith's filter language, such as <c>and(eq(run_type, "llm"), gt(latency, "5s"))</c>.</summary>
public static class FilterLanguage
{
    /// <summary>Reads an expression and gives its names their meaning.</summary>
    /// <exception cref="FilterTextException">The text is no expression, or names a field or function that there is not.</exception>
    public static RunFilter Parse(string text) => FilterBinder.Bind(new FilterReader(text).ReadAll());
}
