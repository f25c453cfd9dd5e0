namespace LangSmith.Server.Query.Language;

/// <summary>LangSmith's filter language, such as <c>and(eq(run_type, "llm"), gt(latency, "5s"))</c>.</summary>
public static class FilterLanguage
{
    /// <summary>Reads an expression and gives its names their meaning.</summary>
    /// <param name="text">At most 262,144 characters, 200 levels, 10,000 values.</param>
    /// <exception cref="FilterTextException">The text is no expression, or names a field or function that there is not.</exception>
    public static RunFilter Parse(string text)
    {
        try
        {
            return FilterBinder.Bind(new FilterReader(text).ReadAll());
        }
        catch (FilterTextException exception)
        {
            throw exception.In(text);
        }
    }

    /// <summary>Writes a filter that <see cref="Parse"/> gave as an expression that means the same.</summary>
    /// <exception cref="NotSupportedException">The filter is one that no expression has.</exception>
    public static string Print(RunFilter filter) => FilterPrinter.Print(filter);
}
