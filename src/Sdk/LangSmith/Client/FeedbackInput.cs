namespace LangSmith;

/// <summary>Feedback to be given.</summary>
public sealed record FeedbackInput
{
    /// <summary>Its id, of your choosing; the same again is the same feedback.</summary>
    /// <value>Null: a fresh one.</value>
    public Guid? Id { get; init; }

    /// <summary>A number or a truth value.</summary>
    public object? Score { get; init; }

    /// <summary>A value of another kind, such as a grade.</summary>
    public object? Value { get; init; }

    /// <summary>A text.</summary>
    public string? Comment { get; init; }

    /// <summary>What would have been right.</summary>
    public object? Correction { get; init; }

    /// <summary>The run's trace, which lets it go with the runs; null when not known.</summary>
    public Guid? TraceId { get; init; }

    /// <summary>Where it comes from: <c>api</c>, <c>app</c> or <c>model</c>.</summary>
    public string SourceType { get; init; } = "api";

    /// <summary>The run that made the judgement, such as an evaluator's.</summary>
    /// <value>Null: none.</value>
    public Guid? SourceRunId { get; init; }

    /// <summary>Whether hosted LangSmith keeps the trace for longer because of this; servers of your own keep all traces alike.</summary>
    /// <value>True.</value>
    public bool ExtendTraceRetention { get; init; } = true;

    /// <summary>More about where it comes from.</summary>
    public IReadOnlyDictionary<string, object?>? SourceMetadata { get; init; }
}
