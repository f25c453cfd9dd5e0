namespace LangSmith.Server.Domain;

/// <summary>What happened under one run id: its attempts, the writes that came, and every content that another one beat.</summary>
public sealed record IdentityReport
{
    public required Guid RunId { get; init; }

    /// <summary>In order of start; the last one is what the run shows.</summary>
    public required IReadOnlyList<RunAttempt> Attempts { get; init; }

    /// <summary>In order of receipt, exact re-sends not listed but counted.</summary>
    public required IReadOnlyList<RunWriteSummary> Writes { get; init; }

    public required IReadOnlyList<OverwrittenField> Overwritten { get; init; }

    /// <summary>How often a write came again, changing nothing.</summary>
    public required int Resends { get; init; }
}
