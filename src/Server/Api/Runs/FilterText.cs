using LangSmith.Server.Api.Http;
using LangSmith.Server.Query;

namespace LangSmith.Server.Api.Runs;

/// <summary>Reads filter expressions such as <c>and(eq(run_type, "llm"), gt(latency, 2))</c>.</summary>
internal static class FilterText
{
    /// <summary>Parses an expression; null when there is none.</summary>
    /// <param name="name">The parameter that holds it, for the problem's text.</param>
    /// <param name="text">The expression.</param>
    public static RunFilter? Parse(string name, string? text) => string.IsNullOrWhiteSpace(text)
        ? null
        : throw new ProblemException(StatusCodes.Status501NotImplemented, $"'{name}': this server does not read filter expressions yet.");
}
