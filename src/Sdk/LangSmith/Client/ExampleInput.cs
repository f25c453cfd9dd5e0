namespace LangSmith;

/// <summary>An example to be made or changed. What is null is not given.</summary>
public sealed record ExampleInput
{
    /// <summary>The id; null for a fresh one. The same again is refused by the server.</summary>
    public Guid? Id { get; init; }

    /// <summary>What goes in.</summary>
    public object? Inputs { get; init; }

    /// <summary>What should come out.</summary>
    public object? Outputs { get; init; }

    /// <summary>The metadata.</summary>
    public IReadOnlyDictionary<string, object?>? Metadata { get; init; }

    /// <summary>The splits that it belongs to, such as <c>train</c>.</summary>
    public IReadOnlyList<string>? Splits { get; init; }

    /// <summary>The run that it is made from.</summary>
    public Guid? SourceRunId { get; init; }

    /// <summary>Its files.</summary>
    public IReadOnlyList<RunAttachment>? Attachments { get; init; }
}
