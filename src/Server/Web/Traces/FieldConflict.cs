using LangSmith.Server.Domain;

namespace LangSmith.Server.Web.Traces;

/// <summary>A field to which several writes gave different contents.</summary>
/// <param name="Field">Its name, with dots for keys inside <c>extra</c>.</param>
/// <param name="Standing">The content that the run shows.</param>
/// <param name="Beaten">The contents that it replaced, the newest first.</param>
public sealed record FieldConflict(string Field, string Standing, IReadOnlyList<FieldConflict.Content> Beaten)
{
    /// <summary>A content that lost.</summary>
    /// <param name="Text">It, as JSON or text, perhaps cut.</param>
    /// <param name="By">The write that gave it; null when it is not listed.</param>
    /// <param name="Winner">The write that replaced it.</param>
    public sealed record Content(string Text, RunWriteSummary? By, RunWriteSummary? Winner);
}
