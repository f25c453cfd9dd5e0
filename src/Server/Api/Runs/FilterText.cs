using System.Text.Json;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Query;
using LangSmith.Server.Query.Language;

namespace LangSmith.Server.Api.Runs;

/// <summary>Reads filter expressions out of requests.</summary>
internal static class FilterText
{
    /// <summary>Parses an expression; null when there is none.</summary>
    /// <param name="name">The parameter that holds it, for the problem's text.</param>
    /// <param name="text">The expression.</param>
    public static RunFilter? Parse(string name, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        try
        {
            return FilterLanguage.Parse(text);
        }
        catch (FilterTextException exception)
        {
            throw ProblemException.BadRequest($"'{name}' cannot be read: {exception.Message}.");
        }
    }

    /// <summary>Reads the words of a free text, all of which a run must hold; null when there are none.</summary>
    public static RunFilter? Search(string name, string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : Parse(name, $"search({JsonSerializer.Serialize(text)})");
}
