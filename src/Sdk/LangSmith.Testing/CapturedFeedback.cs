using System.Text.Json.Nodes;

namespace LangSmith.Testing;

/// <summary>Feedback as it would have been sent.</summary>
/// <param name="Id">Its id.</param>
/// <param name="RunId">The run.</param>
/// <param name="Body">All of it.</param>
public sealed record CapturedFeedback(Guid Id, Guid RunId, JsonNode Body)
{
    /// <summary>What is judged.</summary>
    public string Key => (string?)Body["key"] ?? "";
}
