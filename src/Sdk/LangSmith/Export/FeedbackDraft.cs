namespace LangSmith.Export;

/// <summary>Feedback before it is written.</summary>
internal sealed record FeedbackDraft
{
    public required Guid Id { get; init; }

    public required string Key { get; init; }

    public object? Score { get; init; }

    public object? Value { get; init; }

    public string? Comment { get; init; }

    public object? Correction { get; init; }

    public string SourceType { get; init; } = "api";

    public IReadOnlyDictionary<string, object?>? SourceMetadata { get; init; }

    public Guid? SourceRunId { get; init; }

    public bool ExtendTraceRetention { get; init; } = true;

    public Guid? ProjectId { get; init; }
}
