using LangSmith.Server.Domain;

namespace LangSmith.Server.Ingest;

/// <summary>What became of a body; what was accepted is durable.</summary>
/// <param name="Accepted">Runs stored.</param>
/// <param name="Duplicates">Runs that were there already with the same content.</param>
/// <param name="Feedback">Feedback stored.</param>
/// <param name="Refusals">What was not stored, and why.</param>
public sealed record IngestResult(int Accepted, int Duplicates, IReadOnlyList<Feedback> Feedback, IReadOnlyList<Refusal> Refusals)
{
    /// <summary>The run of a body that held one, which had no id perhaps; null for any other body.</summary>
    public Guid? RunId { get; init; }
}
