namespace LangSmith.Extensions.AI;

/// <summary>What a traced client puts on its runs.</summary>
public sealed record LangSmithClientOptions
{
    /// <summary>Gets the runs' name.</summary>
    /// <value>Null, which takes the model's provider and kind, such as <c>OpenAI chat</c>.</value>
    public string? Name { get; init; }

    /// <summary>Gets tags for every run.</summary>
    /// <value>Null, none.</value>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Gets metadata for every run.</summary>
    /// <value>Null, none.</value>
    public IReadOnlyDictionary<string, object?>? Metadata { get; init; }

    /// <summary>Gets the project of runs that have no parent.</summary>
    /// <value>Null, the project of the parent or of the configuration.</value>
    public string? ProjectName { get; init; }

    /// <summary>Gets the largest number of <c>new_token</c> events that a streaming run records; the first one is always among them.</summary>
    /// <value>1, which is all that the time to the first token needs.</value>
    public int TokenEventsMax { get; init; } = 1;
}
