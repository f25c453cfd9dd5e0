namespace LangSmith;

/// <summary>Which examples to list; what is null is no condition.</summary>
public sealed record ExampleQuery
{
    /// <summary>The dataset.</summary>
    public Guid? DatasetId { get; init; }

    /// <summary>These examples.</summary>
    public IReadOnlyList<Guid>? Ids { get; init; }

    /// <summary>Examples of any of these splits.</summary>
    public IReadOnlyList<string>? Splits { get; init; }

    /// <summary>The dataset as it was at this time; null for as it is.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>A condition in LangSmith's filter language, such as <c>exists(metadata, "k")</c>.</summary>
    public string? Filter { get; init; }

    /// <summary>Whether to read where the files are.</summary>
    public bool IncludeAttachments { get; init; }

    /// <summary>Examples at most; null for all.</summary>
    public int? Limit { get; init; }
}
